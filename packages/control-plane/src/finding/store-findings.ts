import { compareFindings, type Comparison } from '@clawster/domain/scan/compare';
import { sql } from 'kysely';
import { change, type ChangeContext, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { ScannedPlace, Seen, SeenPlace } from '../scan/seen-place.ts';
import type { Tx } from '../transaction.ts';

type Keyed = Seen & { key: string };
export type PlaceOf = { workspaceId: string; place: ScannedPlace };

/** Keeps what a look at a place has come to: opens what is new, and fixes what is gone. Returns how many it opened. */
export async function storeFindings(
  plane: Pick<ControlPlane, 'db' | 'wake'>,
  { workspaceId, place }: PlaceOf,
  looked: SeenPlace,
): Promise<number> {
  const seen = looked.seen.map((one) => ({ ...one, key: keyOf({ ...one, sealedId: one.sought.id, ...one.sought }) }));
  const left = new Set(looked.skipped.map((skipped) => skipped.place));
  const isLeftOut = (name: string) => looked.skippedMore > 0 || left.has(name) || left.has(folderOf(name));
  const of = { workspaceId, place };
  const compared = await keep(plane, async (tx) => {
    const comparison = compareFindings(await knownAt(tx, of), seen, isLeftOut);
    for (const { id, seen: again } of comparison.still) await seeAgain(tx, id, again);
    return comparison;
  });
  const { opened, fixed } = compared;
  if (opened.length + fixed.length > 0)
    await change(plane, { workspaceId, job: 'scan-secrets' }, (context) => tell(context, of, compared));
  return opened.length;
}

type KeyParts = Pick<Seen, 'form' | 'packed' | 'part' | 'place'> & { sealedId: string; version: number };

function keyOf({ sealedId, version, form, packed, part, place }: KeyParts): string {
  return JSON.stringify([sealedId, version, form, packed, part, place]);
}

/** What lies in a folder that may not be read was not looked at. */
function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : '.';
}

function whereAt({ workspaceId, place }: PlaceOf) {
  const botId = place.kind === 'bot' ? place.botId : null;
  const host = place.kind === 'server' ? place.host : null;
  return sql<boolean>`workspace_id = ${workspaceId} and place_kind = ${place.kind}
    and bot_id is not distinct from ${botId}::uuid and host is not distinct from ${host}::text`;
}

async function knownAt(tx: Tx, of: PlaceOf) {
  const rows = await tx
    .selectFrom('finding')
    .select(['id', 'sealedId', 'version', 'form', 'packed', 'part', 'place', 'fixedAt'])
    .where(whereAt(of))
    .execute();
  return rows.map((row) => ({
    id: row.id,
    key: keyOf(row as KeyParts),
    place: row.place,
    isOpen: row.fixedAt === null,
  }));
}

function seeAgain(tx: Tx, id: string, { line, row, times }: Seen) {
  return tx
    .updateTable('finding')
    .set({ line: line ?? null, rowId: row ?? null, times, lastSeenAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

async function tell(
  { tx, recordAll }: ChangeContext,
  of: PlaceOf,
  { opened, fixed }: Comparison<Keyed>,
): Promise<void> {
  for (const seen of opened) {
    const { id } = await open(tx, of, seen);
    const { sought, form, packed, part, place, line } = seen;
    const at = of.place.kind === 'bot' ? { botId: of.place.botId, botName: of.place.botName } : {};
    const detail = { kind: of.place.kind, ...at, part, place, line, form, packed, version: sought.version };
    await recordAll([{ type: 'finding-opened', subjectId: id, subjectName: sought.name, detail }]);
  }
  if (fixed.length === 0) return;
  const rows = await tx
    .updateTable('finding')
    .set({ fixedAt: sql<Date>`now()` })
    .where(sql<boolean>`id = any(${fixed}::uuid[])`)
    .returning(['id', 'secretName', 'place'])
    .execute();
  await recordAll(
    rows.map(({ id, secretName, place }) => ({
      type: 'finding-fixed',
      subjectId: id,
      subjectName: secretName,
      detail: { kind: of.place.kind, place },
    })),
  );
}

/** Anew, or once more: what was said of it before it was gone holds no longer. */
function open(tx: Tx, { workspaceId, place: at }: PlaceOf, seen: Keyed): Promise<{ id: string }> {
  const { sought, form, packed, part, place, line, row, times } = seen;
  const told = { line: line ?? null, rowId: row ?? null, times, secretName: sought.name };
  return tx
    .insertInto('finding')
    .values({
      workspaceId,
      kind: 'plaintext-secret',
      sealedId: sought.id,
      secretId: sought.secretId ?? null,
      version: sought.version,
      form,
      packed,
      placeKind: at.kind,
      botId: at.kind === 'bot' ? at.botId : null,
      host: at.kind === 'server' ? at.host : null,
      part,
      place,
      ...told,
    })
    .onConflict((conflict) =>
      conflict
        .columns([
          'workspaceId',
          'sealedId',
          'version',
          'form',
          'packed',
          'placeKind',
          'botId',
          'host',
          'part',
          'place',
        ])
        .doUpdateSet({
          ...told,
          firstSeenAt: sql<Date>`now()`,
          lastSeenAt: sql<Date>`now()`,
          fixedAt: null,
          dismissed: null,
        }),
    )
    .returning('id')
    .executeTakeFirstOrThrow();
}
