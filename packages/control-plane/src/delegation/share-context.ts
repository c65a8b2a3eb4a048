import type { RuleShare } from '@clawster/contract/team-rule';
import { fitsGlob } from '@clawster/domain/team-rule/glob';
import { isKnown, isSeenBy, selectEntries } from '../context-entry/context-entry.queries.ts';
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
  let seen = selectEntries(tx).where('teamId', '=', teamId).where(isKnown);
  for (const botId of candidateIds) seen = seen.where(isSeenBy({ botId, isLead: botId === leadId }));
  const rows = await seen.orderBy('key').execute();
  return rows
    .filter(({ key }) => share.entries.some((glob) => fitsGlob(glob, key)) && (!keys || keys.includes(key)))
    .slice(0, entriesMax)
    .map(({ key, version, text, untrusted }) => ({ key, version, text: text ?? '', untrusted }));
}
