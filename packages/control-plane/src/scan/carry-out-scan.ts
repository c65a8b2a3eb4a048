import { hostname } from 'node:os';
import { Refusal } from '@clawster/domain/refusal';
import { createScanner, type Scanner } from '@clawster/link/scan/scanner';
import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import { storeFindings } from '../finding/store-findings.ts';
import { whenLinked } from '../link/when-linked.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { scanBot } from './scan-bot.ts';
import { scanDatabase } from './scan-database.ts';
import { scanServer } from './scan-server.ts';
import type { ScannedPlace, SeenPlace } from './seen-place.ts';
import { readSought, type Sought } from './sought.ts';

/** A scan this replica holds; with a higher epoch it is another's by now. */
export type HeldScan = { id: string; workspaceId: string; deep: boolean; epoch: string };

/** So many bots look through their hosts at once: those of one machine share its disk. */
const botsAtOnce = 4;
/** More than this is counted, and not told one by one. */
const troubleMax = 100;

type Work = { scan: HeldScan; sought: Sought; scanner: Scanner; signal: AbortSignal };

/** Looks through every place of a workspace, one after the other, keeps what is found as it goes, and ends the scan. */
export async function carryOutScan(plane: ControlPlane, scan: HeldScan, signal: AbortSignal): Promise<void> {
  const { workspaceId } = scan;
  const sought = await readSought(plane, workspaceId);
  const scanner = createScanner(sought.salt, sought.fingerprints);
  const bots = await readAs(plane, { workspaceId }, (tx) =>
    tx.selectFrom('bot').select(['id', 'name']).where('removedAt', 'is', null).orderBy('name').execute(),
  );
  await begin(plane, scan, { sought, bots: bots.length });
  const work = { scan, sought, scanner, signal };
  const left = [...bots];
  await Promise.all(
    Array.from({ length: botsAtOnce }, async () => {
      for (let bot = left.shift(); bot; bot = left.shift()) await lookAtBot(plane, bot, work);
    }),
  );
  const database = await scanDatabase(plane, { workspaceId, sought, scanner, signal });
  await keepSeen(plane, scan, { place: { kind: 'database' }, looked: database });
  const server = await scanServer(plane, { deep: scan.deep, sought, scanner, signal });
  await keepSeen(plane, scan, { place: { kind: 'server', host: hostname() }, looked: server });
  await end(plane, scan, { phase: 'done', reason: '' });
}

function begin(plane: ControlPlane, { id }: HeldScan, { sought, bots }: { sought: Sought; bots: number }) {
  const { names, tooShort } = sought;
  return keep(plane, (tx) =>
    tx
      .updateTable('scan')
      .set({ secrets: names.size, tooShort: JSON.stringify(tooShort), botsAll: bots })
      // Begun anew after another replica died over it.
      .set({ botsScanned: 0, files: 0, bytes: 0, rows: 0, opened: 0, trouble: '[]', troubleMore: 0 })
      .where('id', '=', id)
      .execute(),
  );
}

async function lookAtBot(plane: ControlPlane, bot: { id: string; name: string }, work: Work): Promise<void> {
  const { scan, sought, scanner, signal } = work;
  signal.throwIfAborted();
  const place: ScannedPlace = { kind: 'bot', botId: bot.id, botName: bot.name };
  try {
    await whenLinked(plane, scan.workspaceId, bot.id);
    const looked = await scanBot(plane, { botId: bot.id, sought, scanner, signal });
    await keepSeen(plane, scan, { place, looked });
  } catch (error) {
    // The step for one bot: what keeps it from being looked through keeps no other from it.
    signal.throwIfAborted();
    await note(plane, scan, [{ place: bot.name, why: sentenceOf(error) }]);
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Refusal
    ? error.message
    : 'Its supervisor did not answer as agreed: redeploy the bot, and scan again';
}

async function keepSeen(
  plane: ControlPlane,
  scan: HeldScan,
  { place, looked }: { place: ScannedPlace; looked: SeenPlace },
): Promise<void> {
  const opened = await storeFindings(plane, { workspaceId: scan.workspaceId, place }, looked);
  const { files, bytes, rows } = looked.counts;
  await keep(plane, (tx) =>
    tx
      .updateTable('scan')
      .set({
        botsScanned: sql`bots_scanned + ${place.kind === 'bot' ? 1 : 0}`,
        files: sql`files + ${files}`,
        bytes: sql`bytes + ${bytes}`,
        rows: sql`rows + ${rows}`,
        opened: sql`opened + ${opened}`,
        troubleMore: sql`trouble_more + ${looked.skippedMore}`,
      })
      .where('id', '=', scan.id)
      .execute(),
  );
  const before = place.kind === 'bot' ? `${place.botName}: ` : '';
  await note(
    plane,
    scan,
    looked.skipped.map((skipped) => ({ ...skipped, place: `${before}${skipped.place}` })),
  );
}

async function note(plane: ControlPlane, { id }: HeldScan, trouble: SeenPlace['skipped']): Promise<void> {
  if (trouble.length === 0) return;
  await keep(plane, async (tx) => {
    const told = sql`jsonb_array_length(trouble)`;
    const all = sql`trouble || ${JSON.stringify(trouble)}::jsonb`;
    await sql`update scan set trouble_more = trouble_more + greatest(0, ${told} + ${trouble.length} - ${troubleMax}),
      trouble = (select coalesce(jsonb_agg(one order by place), '[]') from
        jsonb_array_elements(${all}) with ordinality as all_of (one, place) where place <= ${troubleMax})
      where id = ${id}`.execute(tx);
  });
}

/** Ends a scan that is still this replica's. */
export async function end(
  plane: ControlPlane,
  { id, workspaceId, epoch }: HeldScan,
  how: { phase: 'done' | 'failed'; reason: string },
): Promise<void> {
  await change(plane, { workspaceId, job: 'scan-secrets' }, async ({ tx, record }) => {
    const { botsAll, botsScanned, opened, secrets } = await tx
      .updateTable('scan')
      .set({ ...how, endedAt: sql<Date>`now()`, leasedBy: null, leasedUntil: null })
      .where('id', '=', id)
      .where('epoch', '=', Number(epoch))
      .where('endedAt', 'is', null)
      .returning(['botsAll', 'botsScanned', 'opened', 'secrets'])
      .executeTakeFirstOrThrow(() => new Refusal('conflict', 'Another replica has gone on with the scan'));
    const detail = { ...how, opened, secrets, bots: botsAll, scanned: botsScanned };
    await record({ type: 'scan-ended', subjectId: id, detail });
  });
}
