import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { Halt, Halted } from '@clawster/contract/fleet';
import { sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import type { Caller, SignedIn } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import { halt, haltHeld } from './halt-held.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';

/** Names beyond this are counted in the event, not listed. */
const namesMax = 200;

/**
 * The emergency stop. Whoever is linked, here or at another replica, is told at once, while the change is being written:
 * a slow database must not let a bot go on. Then the others are told, and the reconciler ends what could not be reached.
 * Asked again it stops them again, under whatever Idempotency-Key: an emergency is never answered from memory.
 */
export async function haltFleet(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Halted> {
  const asking = { ...admit(api.fleet.halt, caller), idempotencyKey: undefined };
  const { workspaceId } = asking;
  const { mode, bots: wanted } = parseInput(api.fleet.halt, raw);
  const bots = asking.reach ? await reachedOf(plane, asking, wanted) : wanted;
  const known = new Set(plane.links.heldOf(workspaceId));
  const here = haltHeld(plane.links, { workspaceId, bots, mode });
  const elsewhere = plane.links.haltElsewhere({ workspaceId, bots, mode });
  const changed: string[] = [];
  const answer = await writeHalt(changed)(plane, asking, raw);
  // Those of other replicas twice, which does no harm: whether the first word has reached them is not known yet.
  const others = Promise.all(changed.filter((id) => !known.has(id)).map((id) => halt(plane.links, id, mode)));
  const confirmed = new Set((await Promise.all([here, elsewhere, others])).flat());
  confirmed.delete(undefined);
  return { ...answer, confirmed: confirmed.size };
}

const writeHalt = (changed: string[]) =>
  command(api.fleet.halt, async (context, { mode, bots }) => {
    const halted = await setDesired(context, { mode, bots });
    changed.push(...halted.map(({ id }) => id));
    const haltId = randomUUID();
    const type = mode === 'stop' ? 'bot-stopped' : 'bot-paused';
    await context.recordAll([
      {
        type: 'fleet-halted',
        detail: { haltId, mode, bots: halted.length, names: halted.slice(0, namesMax).map(({ name }) => name) },
      },
      ...halted.map(
        ({ id, name }) => ({ type, subjectId: id, subjectName: name, detail: { haltId, emergency: true } }) as const,
      ),
    ]);
    return { id: haltId, bots: halted.length, confirmed: 0 };
  });

/** Of the bots that are meant those the caller may stop: the word goes out before the database has been asked to write. */
function reachedOf(plane: ControlPlane, caller: SignedIn, wanted: Halt['bots']): Promise<string[]> {
  return readAs(plane, caller, async (tx) => {
    const rows = await tx.selectFrom('bot').select('id').where(isReached(caller.reach)).execute();
    return rows.map(({ id }) => id).filter((id) => wanted === 'all' || wanted.includes(id));
  });
}

/** One statement for however many bots: an emergency has no time for one each. */
function setDesired({ tx, caller }: CommandContext, { mode, bots }: Halt): Promise<{ id: string; name: string }[]> {
  const desired = mode === 'stop' ? 'stopped' : 'paused';
  const affected = mode === 'stop' ? ['running', 'paused'] : ['running'];
  let affectedBots = tx
    .selectFrom('bot')
    .select('id')
    .where('workspaceId', '=', caller.workspaceId)
    .where(isReached(caller.reach))
    .where(sql<boolean>`spec->>'desired' in (${sql.join(affected)})`)
    // As whoever else takes many does: two that take them in different order would wait for each other.
    .orderBy('id')
    .forNoKeyUpdate();
  if (bots !== 'all') affectedBots = affectedBots.where('id', 'in', bots);
  return tx
    .updateTable('bot')
    .set({
      spec: sql<Record<string, unknown>>`jsonb_set(spec, '{desired}', to_jsonb(${desired}::text))`,
      generation: sql<number>`generation + 1`,
      updatedAt: sql<Date>`now()`,
      reconcileAt: sql<Date>`now()`,
      // What it had given away and works at is cancelled by a loop: the stop waits for none of it.
      haltedAt: sql<Date>`now()`,
      failures: 0,
      status: sql<Record<string, unknown>>`status - 'retry'`,
    })
    .where('id', 'in', affectedBots)
    .returning(['id', 'name'])
    .execute();
}
