import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { factsOf, lockBot } from '../bot/bot.queries.ts';
import { command } from '../command.ts';
import { beginOperation } from '../operation/begin-operation.ts';

/** Begins a backup; the bot goes on meanwhile. */
export const createBackup = command(api.backups.create, async (context, { botId }) => {
  const bot = await lockBot(context.tx, botId);
  const reason = whyNot('backup', factsOf(bot));
  if (reason) throw new Refusal('refused', reason);
  return beginOperation(context, { kind: 'backup', bot, backupId: randomUUID() });
});
