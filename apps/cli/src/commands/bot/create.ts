import { readFile } from 'node:fs/promises';
import { BotName, CreateBot } from '@clawster/contract/bot';
import { BotCapture } from '@clawster/contract/capture';
import { DriftPolicy } from '@clawster/contract/drift';
import { labelsOf, Selector } from '@clawster/contract/label';
import type { Client } from '@clawster/client/client';
import type { VariableValues } from '@clawster/contract/template';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { DisconnectOption } from '../../disconnect-option.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findConnector } from '../../find.ts';
import { Answers, readSettings, settingsOption } from '../../settings-option.ts';
import { profileIdsOf } from '../profile/find-profile.ts';
import { templateUseOf } from '../template/find-template.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';

export const create = cliCommand({
  usage: 'bot create <name>',
  summary: 'Create a bot; it is deployed in the background',
  options: [
    ['--personality <text>', 'who the bot is, in Markdown; @file reads it from a file'],
    ['--template <template>', 'what it is made from, such as support; see: clawster template list'],
    ['--set <name=value...>', 'answers to what the template asks'],
    ['--profiles <names>', 'profiles it names, the lowest first, with commas between'],
    settingsOption,
    ['--labels <labels>', 'such as team=support,env=live'],
    ['--connector <name>', 'the model provider; without one the demo model answers'],
    ['--model <model>', "the model, when it is not the connector's own"],
    ['--runtime <version>', 'the OpenClaw version, when it is not the recommended one'],
    ['--memory <gigabytes>', 'how much memory it may take (2)'],
    ['--disk <gigabytes>', 'how much of the disk it may take (5)'],
    ['--disconnect <policy>', 'without Clawster: keep working (keep), or minutes until it stops itself'],
    ['--drift <policy>', 'what somebody changes on its host: put back (revert), or told and left (report)'],
    [
      '--capture <mode>',
      "how much of its conversations is kept: inherit (the workspace's), off, metadata, redacted or full",
    ],
    ['--no-model-check', 'call it ready without asking its model'],
    ['--no-start', 'create it stopped'],
    ...waitOptions,
  ],
  input: z.object({
    name: BotName,
    personality: z.string().default(''),
    template: z.string().optional(),
    set: Answers,
    profiles: z.string().optional(),
    settings: z.string().optional(),
    labels: Selector.optional(),
    connector: z.string().optional(),
    model: z.string().optional(),
    runtime: z.string().optional(),
    memory: z.coerce.number('Give the memory in gigabytes, such as 2').default(2),
    disk: z.coerce.number('Give the disk in gigabytes, such as 5').default(5),
    disconnect: DisconnectOption.default('keep'),
    drift: DriftPolicy.default('revert'),
    capture: BotCapture.default('inherit'),
    modelCheck: z.boolean(),
    start: z.boolean(),
    ...waitInput,
  }),
  async run(context, input) {
    const { personality, labels, connector, memory, disk, runtime, wait, timeout, ...rest } = input;
    const { client, signal } = context;
    const asked = CreateBot.parse({
      ...rest,
      ...(await layersOf(client, input)),
      ...(labels ? { labels: labelsOf(labels) } : {}),
      personality: await personalityOf(personality),
      memoryBytesMax: Math.round(memory * 1_000_000_000),
      diskBytesMax: Math.round(disk * 1_000_000_000),
      runtimeVersion: runtime,
      ...(connector ? { connectorId: (await findConnector(client, connector)).id } : {}),
    });
    return settled(context, await client.bots.create(asked, { signal }), { wait, timeout });
  },
  show(bot) {
    if (bot.status.phase === 'ready') return `Say something: clawster bot chat ${bot.name}`;
    return bot.spec.desired === 'stopped'
      ? `${bot.name} is created. Start it: clawster bot start ${bot.name}`
      : `${bot.name} is on its way. Follow it: clawster bot watch ${bot.name}`;
  },
});

/** The layers a bot is made with, as they are named. */
async function layersOf(
  client: Client,
  asked: {
    template?: string | undefined;
    set?: VariableValues | undefined;
    profiles?: string | undefined;
    settings?: string | undefined;
  },
) {
  const { template, set, profiles, settings } = asked;
  if (set && template === undefined)
    throw new CliRefusal('Name the template that asks this: --template.', exitCodes.usage);
  return {
    template: template === undefined ? undefined : { ...(await templateUseOf(client, template)), variables: set ?? {} },
    profileIds: profiles === undefined ? undefined : await profileIdsOf(client, profiles),
    settings: settings === undefined ? undefined : await readSettings(settings),
  };
}

/** The text itself, or the text of the file after an `@`. */
export async function personalityOf(text: string): Promise<string> {
  if (!text.startsWith('@')) return text;
  return readFile(text.slice(1), 'utf8').catch((cause: unknown) => {
    throw new CliRefusal(`The personality file ${text.slice(1)} cannot be read. Check its path.`, exitCodes.usage, {
      cause,
    });
  });
}
