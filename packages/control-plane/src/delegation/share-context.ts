import type { Visibility } from '@clawster/contract/context-entry';
import type { RuleShare } from '@clawster/contract/team-rule';
import { fitsGlob } from '@clawster/domain/team-rule/glob';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';
import type { Shared } from './held-item.ts';

const entriesMax = 20;
type Sharing = {
  teamId: string;
  leadId: string;
  share: RuleShare;
  keys?: string[] | undefined;
  candidateIds: string[];
};

/** What of the team's context goes with a task: what its rule names and whoever asks wants, as far as all who may do it see it themselves. */
export async function sharedContext(tx: Tx, { teamId, leadId, share, keys, candidateIds }: Sharing): Promise<Shared[]> {
  if (!['entries', 'thread'].includes(share.down) || share.entries.length === 0) return [];
  const rows = await tx
    .selectFrom('contextEntry')
    .select(['key', 'version', 'text', 'untrusted', 'visibility'])
    .where('teamId', '=', teamId)
    .where('isLatest', '=', true)
    .where('text', 'is not', null)
    .where((is) => is.or([is('expiresAt', 'is', null), is('expiresAt', '>', sql<Date>`now()`)]))
    .orderBy('key')
    .execute();
  return rows
    .filter(({ key }) => share.entries.some((glob) => fitsGlob(glob, key)) && (!keys || keys.includes(key)))
    .filter(({ visibility }) => candidateIds.every((id) => isSeenBy(visibility as Visibility, id, leadId)))
    .slice(0, entriesMax)
    .map(({ key, version, text, untrusted }) => ({ key, version, text: text ?? '', untrusted }));
}

function isSeenBy(visibility: Visibility, botId: string, leadId: string): boolean {
  if (visibility === 'team') return true;
  return visibility === 'lead' ? botId === leadId : visibility.bots.includes(botId);
}
