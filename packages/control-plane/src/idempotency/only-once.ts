import { createHash } from 'node:crypto';
import type { Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { z } from 'zod';
import { refuseBeyond } from '../access/refuse-beyond.ts';
import type { Caller, SignedIn } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { findDataKey, openDataKey } from '../secret/data-key.ts';
import { seal, unseal } from '../secret/envelope.ts';
import type { KeyWrapper } from '../secret/key-wrapper.ts';
import type { Tx } from '../transaction.ts';
import { findKept, keepAnswer, type KeyPlace, takeKey } from './idempotency.queries.ts';

/** What is asked, by whom, under which key. */
export type Asked = { route: Route; input: unknown; caller: SignedIn };

/** `answered` when it was done before; otherwise it is to be done now, and `keep` keeps its answer. */
export type Once = { answered: true; answer: unknown } | { answered: false; keep(answer: unknown): Promise<void> };

/**
 * Has what is asked under a key done once: the key and the effect are committed together, and who asks again meanwhile
 * waits for that. Asked again, the answer is the same; with another input, it is refused. What was refused or failed has
 * left no key, and may be tried again.
 */
export async function onlyOnce(
  tx: Tx,
  plane: Pick<ControlPlane, 'keys'>,
  { route, input, caller }: Asked,
): Promise<Once> {
  const { idempotencyKey: key, workspaceId, id: callerId } = caller;
  if (key === undefined) return { answered: false, keep: async () => undefined };
  const place: KeyPlace = { workspaceId, callerId, key };
  const asked = digestOf(route, input);
  const isNew = await takeKey(tx, place);
  if (!isNew) return { answered: true, answer: await answerIn(tx, plane.keys, { place, asked }) };
  const dataKey = await openDataKey(tx, plane.keys, workspaceId);
  return {
    answered: false,
    async keep(answer) {
      const plaintext = Buffer.from(JSON.stringify({ asked, answer }));
      const envelope = seal(dataKey.key, plaintext, boundTo(place, dataKey.kekId));
      await keepAnswer(tx, place, { ...envelope, kekId: dataKey.kekId });
    },
  };
}

/**
 * The answer that was given before to what is asked under this key, if any: looked for at the door, because what a route
 * does before its transaction (asks a bot, checks a passphrase that the first time has changed) is not to be done again.
 * Refuses whoever the route would not let in any more.
 */
export async function keptAnswer(
  plane: Pick<ControlPlane, 'db' | 'keys'>,
  caller: Caller,
  { route, raw }: { route: Route; raw: unknown },
): Promise<{ answer: unknown } | undefined> {
  const admitted = admit(route, caller);
  const { idempotencyKey: key, workspaceId, id: callerId } = admitted;
  if (key === undefined) return undefined;
  const input = parseInput(route, raw);
  const asked = digestOf(route, input);
  const place: KeyPlace = { workspaceId, callerId, key };
  return readAs(plane, admitted, async (tx) => {
    await refuseBeyond(tx, admitted, input);
    if (!(await findKept(tx, place))) return undefined;
    return { answer: await answerIn(tx, plane.keys, { place, asked }) };
  });
}

const Kept = z.object({ asked: z.string(), answer: z.unknown().optional() });

async function answerIn(tx: Tx, keys: KeyWrapper, at: { place: KeyPlace; asked: string }): Promise<unknown> {
  const stored = await findKept(tx, at.place);
  const { workspaceId } = at.place;
  const dataKey = stored && (await findDataKey(tx, keys, { workspaceId, name: stored.kekId }));
  if (!dataKey) throw new Refusal('conflict', 'This Idempotency-Key was just forgotten: ask under a new one');
  const plaintext = unseal(dataKey.key, stored, boundTo(at.place, stored.kekId));
  const { asked, answer } = Kept.parse(JSON.parse(plaintext.toString()));
  if (asked !== at.asked)
    throw new Refusal('refused', 'This Idempotency-Key was used for another request: use a new one for each');
  return answer;
}

/** Names route and input; one object, whatever the order of its fields, has one name. */
function digestOf(route: Route, input: unknown): string {
  const text = JSON.stringify([route.method, route.path, input], (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
  return createHash('sha256').update(text).digest('base64');
}

function boundTo({ workspaceId, callerId, key }: KeyPlace, kekId: string): string[] {
  return ['idempotency', workspaceId, callerId, key, kekId];
}
