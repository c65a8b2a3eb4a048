import type { BotPhase, BotSpec } from '@clawster/contract/bot';
import type { AttachConnector } from '@clawster/contract/connector';
import type { OperationKind } from '@clawster/contract/operation';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { reachOf } from '@clawster/domain/role/reach';
import { whyNotDeploy } from '@clawster/runtime/versions';
import { sql } from 'kysely';
import { isReached } from '../access/is-reached.ts';
import { findConnector, refuseUnfitModel } from '../bot/fit.ts';
import type { SignedIn } from '../caller.ts';
import { type ConfiguredBot, readBotConnector, readConfigured } from '../configuration/configured-bot.ts';
import { type Changed, impactOn } from '../configuration/impact.ts';
import { readLayers } from '../configuration/layer-store.ts';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

type Whom = Pick<AttachConnector, 'botIds' | 'selector'>;
type Ask = Whom & { connectorId: string; model?: string | undefined; lock?: boolean };
type Attachment = { connector: { name: string; model: string }; changed: Changed[] };

/**
 * What it does to each of these bots to use a connector; nothing is written. Asks the caller for what changing a bot takes,
 * and refuses bots by name that are not among theirs.
 */
export async function proposeAttachment(tx: Tx, caller: SignedIn, ask: Ask): Promise<Attachment> {
  const { workspaceId } = caller;
  const connector = await findConnector(tx, ask.connectorId);
  refuseUnfitModel(ask.model ?? connector.model);
  const ids = await chosenIds(tx, caller, ask);
  const bots = await readConfigured(tx, workspaceId, { ids, ...(ask.lock ? { lock: true } : {}) });
  const served = await readBotConnector(tx, ask.connectorId);
  const pairs = bots.map((before) => {
    const spec = specWith(before.spec, { ...ask, usual: connector.model });
    const isSame = spec.connectorId === before.spec.connectorId;
    return { before, after: isSame ? { ...before, spec } : { ...before, ...served, spec } };
  });
  const store = await readLayers(tx, workspaceId, bots);
  const changed = impactOn(pairs, { before: store, after: store });
  const names = await namesOfConnectors(tx, bots);
  const held = await whyNotChanged(tx, ids);
  const named = changed.map((one) => withConnector(one, { from: names, to: connector.name }));
  const reasonOf = ({ bot }: Changed) => held.get(bot.id) ?? whyNotDeploy(bot.spec.runtimeVersion);
  return { connector, changed: named.map((one) => withReason(one, reasonOf(one))) };
}

/** One that has the connector keeps its model, unless another is asked for. */
function specWith(
  spec: BotSpec,
  { connectorId, model, usual }: Pick<Ask, 'connectorId' | 'model'> & { usual: string },
) {
  const kept = spec.connectorId === connectorId ? spec.model : usual;
  return { ...spec, connectorId, model: model ?? kept };
}

/** The bots that are meant and that the caller may change. */
async function chosenIds(tx: Tx, caller: SignedIn, { botIds, selector }: Whom): Promise<string[]> {
  const reach = reachOf(caller, 'bot:update');
  if (reach !== 'all' && reach.length === 0) throw new Refusal('forbidden', 'This takes the permission bot:update');
  let wanted = tx
    .selectFrom('bot')
    .select('id')
    .where(isVisible('bot'))
    .where(isReached(reach === 'all' ? undefined : reach))
    .where('removedAt', 'is', null)
    .where(sql<boolean>`spec->>'desired' <> 'destroyed'`);
  if (botIds) wanted = wanted.where(sql<boolean>`id = any(${botIds}::uuid[])`);
  if (selector) wanted = wanted.where(sql<boolean>`labels @> ${JSON.stringify(selector)}::jsonb`);
  const ids = (await wanted.execute()).map(({ id }) => id);
  const known = new Set(ids);
  const missing = (botIds ?? []).filter((id) => !known.has(id.toLowerCase())).length;
  if (missing > 0)
    throw Refusal.at(
      'botIds',
      'not-found',
      `${missing} of these bots ${missing === 1 ? 'is' : 'are'} not among those you may change: choose others`,
    );
  return ids;
}

async function namesOfConnectors(tx: Tx, bots: readonly ConfiguredBot[]): Promise<Map<string, string>> {
  const ids = [...new Set(bots.map(({ spec }) => spec.connectorId))];
  const rows = await tx
    .selectFrom('connector')
    .select(['id', 'name'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Where only the connector is another, OpenClaw is told nothing new: the bot's host takes it over as it runs. */
function withConnector(one: Changed, { from, to }: { from: ReadonlyMap<string, string>; to: string }): Changed {
  if (one.specBefore.connectorId === one.bot.spec.connectorId) return one;
  const before = from.get(one.specBefore.connectorId) ?? '';
  const changes = [{ path: 'connector', before, after: to, reload: 'hot' as const }, ...one.changes];
  return { ...one, changes, reload: one.reload === 'none' ? 'hot' : one.reload };
}

/** Bots that an operation holds still, and why they may not be changed now. */
async function whyNotChanged(tx: Tx, ids: string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('bot')
    .innerJoin('operation', 'operation.id', 'bot.operationId')
    .select(['bot.id', 'bot.phase', 'operation.kind'])
    .select(sql<BotSpec['desired']>`bot.spec->>'desired'`.as('desired'))
    .where(sql<boolean>`bot.id = any(${ids}::uuid[])`)
    .execute();
  return new Map(
    rows.flatMap(({ id, phase, kind, desired }) => {
      const reason = whyNot('update', { phase: phase as BotPhase, desired, operation: kind as OperationKind });
      return reason ? [[id, reason] as const] : [];
    }),
  );
}

function withReason(one: Changed, reason: string | undefined): Changed {
  if (!reason || one.changes.length === 0) return one;
  return { ...one, issues: [...one.issues, { path: 'connector', message: reason }] };
}
