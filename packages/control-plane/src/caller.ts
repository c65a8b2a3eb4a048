import type { Actor, Origin } from '@clawster/contract/event';
import type { BotScope } from '@clawster/contract/label';
import type { Permission, Role } from '@clawster/contract/permission';
import type { Grant } from '@clawster/domain/role/reach';

/** Who asks, in which workspace, and what they may do: found out once at the door, checked by every command. */
export type Caller =
  | { kind: 'anonymous'; address: string; userAgent: string; requestId?: string }
  | {
      kind: 'person' | 'api-key';
      id: string;
      name: string;
      workspaceId: string;
      role: Role;
      permissions: ReadonlySet<Permission>;
      /** What they may do to some bots beside it. */
      grants?: readonly Grant[];
      /** Set by `admit` where the permission at hand is held for some bots only: no others are seen or changed. */
      reach?: readonly BotScope[] | undefined;
      /** For how long the session or the key is good when nobody ends it, as of when it was looked at. */
      goodForMs?: number;
      /** Set for people: which session this request belongs to. */
      sessionId?: string;
      /** Set for people who must have a second factor and have none. */
      missingFactor?: MissingFactor;
      /** Set for keys: the person who made it, or the service account whose it is. */
      onBehalfOf?: Actor;
      address: string;
      userAgent: string;
      /** Names what this request wants done, so that asking again does it once. */
      idempotencyKey?: string | undefined;
      requestId?: string;
    };

/** Until when it is to be added, and how long that was when it was looked at; by then nothing else is let through. */
export type MissingFactor = { dueAt: Date; leftMs: number };

export type SignedIn = Exclude<Caller, { kind: 'anonymous' }>;

/** From where a caller asks. */
export type From = Pick<Caller, 'address' | 'userAgent' | 'requestId'>;

/** Whose act something is: who did it, for whom, and from where. */
export type Author = { actor: Actor; onBehalfOf?: Actor; origin?: Origin };

export function actorOf(caller: SignedIn): Actor {
  return { kind: caller.kind, id: caller.id, name: caller.name };
}

/** The author of whatever this caller asks for. */
export function authorOf(caller: SignedIn): Author {
  const { onBehalfOf } = caller;
  return { actor: actorOf(caller), ...(onBehalfOf ? { onBehalfOf } : {}), origin: originOf(caller) };
}

/** A program may name itself at any length; what tells it from others comes first. */
const userAgentMax = 200;

/** From where, as it is kept with an event. */
export function originOf({ address, userAgent, requestId }: From): Origin {
  return { address, userAgent: userAgent.slice(0, userAgentMax), ...(requestId ? { requestId } : {}) };
}
