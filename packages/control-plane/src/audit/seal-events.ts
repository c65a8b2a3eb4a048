import { eventText } from '@clawster/domain/audit/canonical';
import { type Place, type Seal, sealAfter, sealText, statementOf } from '@clawster/domain/audit/seal';
import { sql } from 'kysely';
import { keep } from '../change.ts';
import { databaseNow } from '../database-now.ts';
import { getInstallation } from '../installation/installation.queries.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { KeyWrapper } from '../secret/key-wrapper.ts';
import type { Tx } from '../transaction.ts';
import { type AuditKey, createAuditKey, findAuditKey, sha256 } from './audit-key.ts';
import {
  eventsInNoSeal,
  eventsToSeal,
  findSeal,
  hasSeals,
  insertSeals,
  type PlacedEvent,
  reachedPlace,
} from './audit.queries.ts';

type Sealer = Pick<ControlPlane, 'db' | 'keys'>;

const batchMax = 500;
const beginning: Place = { xid: '0', id: 0 };

/** Seals what is settled: a chain for each workspace, in one transaction for all, so that one place says how far it is. */
export async function sealEvents(plane: Sealer, signal: AbortSignal): Promise<void> {
  // Looked at first, where nothing is written: an idle or read-only database is left alone.
  while (!signal.aborted && (await systemQuery(plane, isDue))) {
    const sealed = await keep(plane, (tx) => sealNext(tx, plane.keys));
    if (sealed < batchMax) return;
  }
}

async function isDue(tx: Tx): Promise<boolean> {
  const { epoch } = await getInstallation(tx);
  const reached = await reachedPlace(tx, epoch);
  return (await eventsToSeal(tx, reached ?? beginning, 1)).length > 0;
}

/** One at a time. The transaction gets its number, which holds up the live stream, only when the seals are written. */
async function sealNext(tx: Tx, keys: KeyWrapper): Promise<number> {
  const { rows } = await sql<{ free: boolean }>`
    select pg_try_advisory_xact_lock(hashtext('clawster audit')) as free`.execute(tx);
  if (!rows[0]?.free) return 0;
  const { epoch } = await getInstallation(tx);
  const reached = await reachedPlace(tx, epoch);
  const hasBegun = await hasSeals(tx);
  const key = await keyToSealWith(tx, keys, hasBegun);
  const batch = { key, epoch, at: (await databaseNow(tx)).toISOString() };
  if (!reached && hasBegun) return sealRestored(tx, batch);
  return seal(tx, await eventsToSeal(tx, reached ?? beginning, batchMax), batch);
}

/** The first seals ask for a key. A trail that lost its key is not gone on with under another: that is what a forger would do. */
async function keyToSealWith(tx: Tx, keys: KeyWrapper, hasBegun: boolean): Promise<AuditKey> {
  const key = await findAuditKey(tx, keys);
  if (!key && hasBegun)
    throw new Error('The key of the audit trail is gone from the database: put the row of installation_key back');
  return key ?? createAuditKey(tx, keys);
}

type Batch = { key: AuditKey; epoch: number; at: string };

/** In a restored copy all places are new. What no seal is about was recorded last before the backup, or since. */
async function sealRestored(tx: Tx, batch: Batch): Promise<number> {
  await sql`set local statement_timeout = '10min'`.execute(tx);
  let after = beginning;
  for (let sealed = 0; ;) {
    const events = await eventsInNoSeal(tx, after, batchMax);
    sealed += await seal(tx, events, batch);
    after = placeOf(events.at(-1)) ?? after;
    if (events.length < batchMax) return sealed;
  }
}

async function seal(tx: Tx, events: PlacedEvent[], batch: Batch): Promise<number> {
  const seals: Seal[] = [];
  for (const [workspaceId, ours] of Map.groupBy(events, ({ event }) => event.workspaceId))
    seals.push(sealOf(await findSeal(tx, workspaceId), { workspaceId, events: ours }, batch));
  if (seals.length > 0) await insertSeals(tx, seals);
  return events.length;
}

function sealOf(
  before: Seal | undefined,
  { workspaceId, events }: { workspaceId: string; events: PlacedEvent[] },
  { key, epoch, at }: Batch,
): Seal {
  const content = sealAfter(before, {
    workspaceId,
    at,
    epoch,
    last: placeOf(events.at(-1)) ?? beginning,
    eventIds: events.map(({ event }) => event.id),
    eventHashes: events.map(({ event }) => sha256(eventText(event))),
  });
  const named = { ...content, hash: sha256(sealText(content)), keyId: key.id };
  return { ...named, signature: key.sign(statementOf(named)) };
}

function placeOf(placed: PlacedEvent | undefined): Place | undefined {
  return placed && { xid: placed.xid, id: placed.event.id };
}
