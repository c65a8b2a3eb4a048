import type { Client } from '@clawster/client/client';
import type { ListedBot } from '@clawster/contract/bot';
import type { Template } from '@clawster/contract/template';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';
import { findTemplate } from './find-template.ts';

type Upgraded = { bot: string; from: number | undefined; to: number; refused?: string };

export const upgrade = cliCommand({
  usage: 'template upgrade <template>',
  summary: 'Bring all bots made from an older version to the newest, each by itself; those that could not are named',
  options: [['--reason <text>', 'why, kept with the revision of each bot']],
  input: z.object({ template: z.string(), reason: z.string().optional() }),
  async run({ client, out }, { template: wanted, reason }) {
    const template = await findTemplate(client, wanted);
    const outdated = await allPages((cursor) =>
      client.bots.list({ limit: 200, cursor, templateId: template.id, templateBefore: template.version }),
    );
    const done: Upgraded[] = [];
    for (const bot of outdated) done.push(await upgradeOne(client, template, { bot, reason }));
    const refused = done.filter(({ refused: why }) => why !== undefined);
    if (refused.length === 0) return done;
    out.note(sayUpgraded(done));
    throw new CliRefusal(
      `${refused.length} of ${done.length} bots could not be upgraded; the others were.`,
      exitCodes.refused,
    );
  },
  show: sayUpgraded,
});

/** One bot's trouble is its own: it is named, and the others are upgraded. */
async function upgradeOne(
  client: Client,
  { id, version: to }: Template,
  { bot, reason }: { bot: ListedBot; reason: string | undefined },
): Promise<Upgraded> {
  const told = { bot: bot.name, from: bot.spec.template?.version, to };
  try {
    await client.bots.update({ botId: bot.id, template: { id }, reason });
    return told;
  } catch (error) {
    return { ...told, refused: error instanceof Error ? error.message : String(error) };
  }
}

function sayUpgraded(done: Upgraded[]): string {
  const rows = done.map(({ bot, from, to, refused }) => [bot, `${from} → ${to}`, refused ?? 'upgraded']);
  return table(['bot', 'version', ''], rows, 'All bots made from it have the newest version.');
}
