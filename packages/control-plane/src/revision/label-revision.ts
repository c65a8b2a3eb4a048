import { api } from '@clawster/contract/api';
import { lockBot } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getRevision, selectRevisions, toRevision } from './revision.queries.ts';

/** Names a revision of a bot, so that people find it again; no two of a bot have one name. */
export const labelRevision = command(api.revisions.label, async ({ tx, record }, { botId, number, label }) => {
  const bot = await lockBot(tx, botId);
  await getRevision(tx, botId, number);
  await unlessNameTaken('revision', label ?? '', () =>
    tx.updateTable('revision').set({ label }).where('botId', '=', botId).where('number', '=', number).execute(),
  );
  await record({ type: 'revision-labelled', subjectId: bot.id, subjectName: bot.name, detail: { number, label } });
  return toRevision(await selectRevisions(tx, botId).where('number', '=', number).executeTakeFirstOrThrow());
});
