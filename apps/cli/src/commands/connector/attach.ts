import type { Client } from '@clawster/client/client';
import { labelsOf, Selector } from '@clawster/contract/label';
import { ModelId } from '@clawster/contract/model';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot, findConnector } from '../../find.ts';
import { sayImpact } from '../../impact-text.ts';

export const attach = cliCommand({
  usage: 'connector attach <connector>',
  summary: 'Have bots use a model provider, by name or by labels: all of them, or none where one could not',
  options: [
    ['--bot <bot...>', 'these bots'],
    ['--labels <labels>', 'all bots that have these labels now, such as team=support'],
    ['--model <model>', 'another than its usual one'],
    ['--dry-run', 'show which bots would change, and change nothing'],
  ],
  input: z.object({
    connector: z.string(),
    bot: z.array(z.string()).optional(),
    labels: Selector.optional(),
    model: ModelId.optional(),
    dryRun: z.boolean().default(false),
  }),
  async run({ client, signal }, { connector, bot, labels, model, dryRun }) {
    const whom = await readBots(client, { bot, labels });
    const { id: connectorId, name } = await findConnector(client, connector);
    const impact = await client.connectors.attach({ connectorId, ...whom, model, dryRun }, { signal });
    return { name, dryRun, impact };
  },
  show({ name, dryRun, impact }) {
    if (dryRun) return sayImpact(impact);
    const { changed, concerned, restart } = impact;
    if (changed === 0) return `Nothing changed: ${concerned} of ${concerned} bots use ${name} already.`;
    const how = restart > 0 ? `${restart} of them start anew for it` : 'They take it up without a restart';
    return `${changed} of ${concerned} bots changed and use ${name} now. ${how}.`;
  },
});

type Whom = { bot?: string[] | undefined; labels?: string | undefined };

async function readBots(client: Client, { bot, labels }: Whom) {
  if ((bot === undefined) === (labels === undefined))
    throw new CliRefusal('Say --bot <bot...> or --labels <labels>.', exitCodes.usage);
  if (labels !== undefined) return { selector: labelsOf(labels) };
  const found = await Promise.all((bot ?? []).map((name) => findBot(client, name)));
  return { botIds: found.map(({ id }) => id) };
}
