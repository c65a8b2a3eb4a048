import { api } from '@clawster/contract/api';
import type { Operation } from '@clawster/contract/operation';
import { whyNot } from '@clawster/domain/bot/can';
import { whyNotFits } from '@clawster/domain/operation/fits';
import { Refusal } from '@clawster/domain/refusal';
import { factsOf, getBot, lockBot } from '../bot/bot.queries.ts';
import { findConnector, refuseUnfitSpec } from '../bot/fit.ts';
import { insertBot } from '../bot/insert-bot.ts';
import { command, type CommandContext } from '../command.ts';
import { beginOperation } from '../operation/begin-operation.ts';
import { lockBackup } from './backup.queries.ts';

type Locked = Awaited<ReturnType<typeof lockBackup>>;

/** Begins to put a backup into the bot it was taken of or, with a name, into a new bot. */
export const restoreBackup = command(api.backups.restore, async (context, { backupId, name, start }) => {
  const backup = await lockBackup(context.tx, backupId);
  return name === undefined ? intoItsBot(context, backup) : asNewBot(context, backup, { name, start });
});

async function intoItsBot(context: CommandContext, backup: Locked): Promise<Operation> {
  const bot = await lockBot(context.tx, backup.botId);
  if (bot.spec.desired === 'destroyed')
    throw new Refusal('refused', `${backup.botName} was destroyed: give a name to restore the backup as a new bot`);
  const reason = whyNot('backup', factsOf(bot)) ?? whyNotFits(backup.spec.runtimeVersion, bot.spec.runtimeVersion);
  if (reason) throw new Refusal('refused', reason);
  return beginOperation(context, { kind: 'restore', bot, backupId: backup.id });
}

/** The new bot is configured as the old one was then, and is not started before its state is there. */
async function asNewBot(
  context: CommandContext,
  backup: Locked,
  { name, start }: { name: string; start: boolean },
): Promise<Operation> {
  const { connectorId } = backup.spec;
  await findConnector(context.tx, connectorId);
  const spec = { ...backup.spec, desired: start ? ('running' as const) : ('stopped' as const) };
  refuseUnfitSpec(spec);
  // Whoever reached the bot reaches what was made of it.
  const { labels } = await getBot(context.tx, backup.botId);
  const id = await insertBot(context, { name, labels, targetId: backup.targetId, connectorId, spec });
  await context.record({
    type: 'bot-created',
    subjectId: id,
    subjectName: name,
    detail: { backupId: backup.id, from: backup.botName },
  });
  const bot = await lockBot(context.tx, id);
  return beginOperation(context, { kind: 'restore', bot, backupId: backup.id, isNew: true });
}
