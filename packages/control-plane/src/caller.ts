import type { Actor } from '@clawster/contract/event';
import type { Permission, Role } from '@clawster/contract/permission';

/** Who asks, in which workspace, and what they may do: found out once at the door, checked by every command. */
export type Caller =
  | { kind: 'anonymous'; address: string; userAgent: string }
  | {
      kind: 'person' | 'api-key';
      id: string;
      name: string;
      workspaceId: string;
      role: Role;
      permissions: ReadonlySet<Permission>;
      /** Set for people: which session this request belongs to. */
      sessionId?: string;
      address: string;
      userAgent: string;
      /** Names what this request wants done, so that asking again does it once. */
      idempotencyKey?: string;
    };

export type SignedIn = Exclude<Caller, { kind: 'anonymous' }>;

export function actorOf(caller: SignedIn): Actor {
  return { kind: caller.kind, id: caller.id, name: caller.name };
}
