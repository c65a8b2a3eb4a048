import type { Finding, FindingPlaceKind } from '@clawster/contract/finding';
import { fixOf } from '@clawster/domain/scan/fix';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

const isCurrent = sql<boolean>`(finding.secret_id is null or exists (select from named_secret
  where named_secret.id = finding.secret_id and named_secret.current_version = finding.version))`;

/** Findings of the transaction's workspace. */
export function selectFindings(tx: Tx) {
  return tx
    .selectFrom('finding')
    .leftJoin('bot', 'bot.id', 'finding.botId')
    .leftJoin('namedSecret', 'namedSecret.id', 'finding.secretId')
    .select([
      'finding.id',
      'finding.secretId',
      'finding.version',
      'finding.form',
      'finding.packed',
      'finding.placeKind',
    ])
    .select(['finding.botId', 'bot.name as botName', 'finding.host', 'finding.part', 'finding.place', 'finding.line'])
    .select(['finding.rowId', 'finding.times', 'finding.firstSeenAt', 'finding.lastSeenAt', 'finding.fixedAt'])
    .select(['finding.dismissed', isCurrent.as('isCurrent')])
    .select(sql<string>`coalesce(named_secret.name, finding.secret_name)`.as('secretName'))
    .where(isVisible('finding'));
}
type FindingRow = Awaited<ReturnType<ReturnType<typeof selectFindings>['executeTakeFirstOrThrow']>>;

/** Those of values in use first. */
export const gravestFirst = sql`${isCurrent} desc`;

/** Refuses when there is no such finding. */
export async function getFinding(tx: Tx, findingId: string): Promise<Finding> {
  const row = await selectFindings(tx).where('finding.id', '=', findingId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such finding in this workspace');
  return toFinding(row);
}

export function toFinding(row: FindingRow): Finding {
  const { id, secretName, version, packed, times, fixedAt } = row;
  const dismissed = row.dismissed as Finding['dismissed'] | null;
  const secretId = row.secretId ? { secretId: row.secretId } : {};
  const place = placeOf(row);
  return {
    id,
    kind: 'plaintext-secret',
    severity: row.isCurrent ? 'high' : 'medium',
    state: fixedAt ? 'fixed' : dismissed ? 'dismissed' : 'open',
    ...secretId,
    secretName,
    version,
    form: row.form as Finding['form'],
    packed,
    place,
    times,
    fix: fixOf({ ...secretId, secretName, packed, place }),
    firstSeenAt: row.firstSeenAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    ...(fixedAt ? { fixedAt: fixedAt.toISOString() } : {}),
    ...(dismissed ? { dismissed } : {}),
  };
}

function placeOf({ placeKind, botId, botName, host, part, place, line, rowId }: FindingRow): Finding['place'] {
  return {
    kind: placeKind as FindingPlaceKind,
    ...(botId && botName ? { botId, botName } : {}),
    ...(host ? { host } : {}),
    part: part as Finding['place']['part'],
    name: place,
    ...(line === null ? {} : { line }),
    ...(rowId ? { row: rowId } : {}),
  };
}
