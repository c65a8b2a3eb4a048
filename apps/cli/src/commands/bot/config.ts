import type { Configuration } from '@clawster/contract/configuration';
import type { Contribution, Explained, LayerRef } from '@clawster/contract/layer';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const config = cliCommand({
  usage: 'bot config <bot>',
  summary: "Show what a bot's layers come to, or why a value is what it is",
  options: [
    [
      '--explain <path>',
      'who set the values at or below a path, such as openclaw.tools.allow, and whom they overruled',
    ],
    ['--file <name>', 'a file the model is told instead: SOUL.md, AGENTS.md or IDENTITY.md'],
  ],
  input: z.object({ bot: z.string(), explain: z.string().optional(), file: z.string().optional() }),
  async run({ client }, { bot, explain, file }) {
    const { id: botId } = await findBot(client, bot);
    const configuration = await client.configurations.get({ botId, path: explain });
    return { configuration, explain, file };
  },
  show({ configuration, explain, file }) {
    if (explain !== undefined) return sayExplained(configuration.explained, explain);
    if (file !== undefined)
      return configuration.files[file] ?? `It has no ${file}: see ${Object.keys(configuration.files).join(', ')}`;
    return sayConfiguration(configuration);
  },
});

function sayConfiguration({ layers, document, issues }: Configuration): string {
  const troubles = issues.map(({ path, message }) => `! ${path}: ${message}`);
  return [
    `Layers, the lowest first: ${layers.map(sayLayer).join(', ')}`,
    ...troubles,
    JSON.stringify(document, null, 2),
    'Why a value is so: clawster bot config <bot> --explain openclaw.tools.allow',
  ].join('\n');
}

function sayExplained(explained: Explained[], path: string): string {
  if (explained.length === 0) return `No layer says anything of ${path}.`;
  return explained.map(sayOne).join('\n');
}

function sayOne({ path, value, contributions, lockedBy }: Explained): string {
  const deciding = contributions.findLast(({ does }) => does !== 'blocked');
  const head = value === undefined ? `${path} is not set` : `${path} = ${JSON.stringify(value)}`;
  const lock = lockedBy ? ` (locked by ${sayLayer(lockedBy)})` : '';
  const others = contributions.toReversed().map((one) => `  ${one === deciding ? '→' : ' '} ${sayContribution(one)}`);
  return [`${head}${lock}`, ...others].join('\n');
}

function sayContribution({ layer, does, value }: Contribution): string {
  const words = { set: 'sets', change: 'changes the list by', remove: 'takes it away', blocked: 'says in vain' }[does];
  return `${sayLayer(layer)} ${words}${value === undefined ? '' : ` ${JSON.stringify(value)}`}`;
}

/** A layer as one would name it. */
export function sayLayer({ kind, name, version }: LayerRef): string {
  if (kind === 'defaults') return 'Clawster’s defaults';
  if (kind === 'enforced') return 'the baseline';
  return kind === 'own' ? 'the bot itself' : `${kind} ${name}${version === undefined ? '' : ` v${version}`}`;
}
