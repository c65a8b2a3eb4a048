import type { Client } from '@clawster/client/client';
import type { ListedBot } from '@clawster/contract/bot';
import { BotCapture } from '@clawster/contract/capture';
import { DriftPolicy } from '@clawster/contract/drift';
import type { VariableValues } from '@clawster/contract/template';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { DisconnectOption } from '../../disconnect-option.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot, findConnector } from '../../find.ts';
import { sayChanges, sayImpact } from '../../impact-text.ts';
import { Answers, readSettings, settingsOption } from '../../settings-option.ts';
import { profileIdsOf } from '../profile/find-profile.ts';
import { templateUseOf } from '../template/find-template.ts';
import { waitInput, waitOptions } from '../../waiting.ts';
import { settled } from '../../watch-bot.ts';
import { personalityOf } from './create.ts';

export const update = cliCommand({
  usage: 'bot update <bot>',
  summary: 'Change what a bot should be; a running bot takes it up',
  options: [
    ['--personality <text>', 'who the bot is, in Markdown; @file reads it from a file'],
    ['--connector <name>', 'the model provider'],
    ['--model <model>', 'the model'],
    ['--runtime <version>', 'the OpenClaw version'],
    ['--memory <gigabytes>', 'how much memory it may take'],
    ['--disk <gigabytes>', 'how much of the disk it may take'],
    ['--template <template>', 'another template, or the newest version of its own, or support@2; none lets go of it'],
    ['--set <name=value...>', 'answers to what its template asks'],
    ['--profiles <names>', 'the profiles it names, the lowest first, with commas between; an empty text for none'],
    settingsOption,
    ['--reason <text>', 'why, kept with the revision'],
    ['--dry-run', 'show what would change, and change nothing'],
    ['--disconnect <policy>', 'without Clawster: keep working (keep), or minutes until it stops itself'],
    ['--drift <policy>', 'what somebody changes on its host: put back (revert), or told and left (report)'],
    [
      '--capture <mode>',
      "how much of its conversations is kept: inherit (the workspace's), off, metadata, redacted or full",
    ],
    ...waitOptions,
  ],
  input: z.object({
    bot: z.string(),
    personality: z.string().optional(),
    connector: z.string().optional(),
    model: z.string().optional(),
    runtime: z.string().optional(),
    memory: z.coerce.number('Give the memory in gigabytes, such as 2').optional(),
    disk: z.coerce.number('Give the disk in gigabytes, such as 5').optional(),
    disconnect: DisconnectOption.optional(),
    drift: DriftPolicy.optional(),
    capture: BotCapture.optional(),
    template: z.string().optional(),
    set: Answers,
    profiles: z.string().optional(),
    settings: z.string().optional(),
    reason: z.string().optional(),
    dryRun: z.boolean().default(false),
    ...waitInput,
  }),
  async run(context, { bot: nameOrId, reason, dryRun, wait, timeout, ...asked }) {
    const { client } = context;
    const bot = await findBot(client, nameOrId);
    const { personality, connector, model, runtime, memory, disk, disconnect, drift, capture, settings, profiles } =
      asked;
    const changes = {
      personality: personality === undefined ? undefined : await personalityOf(personality),
      connectorId: connector && (await findConnector(client, connector)).id,
      model,
      runtimeVersion: runtime,
      memoryBytesMax: memory && Math.round(memory * 1_000_000_000),
      disconnect,
      drift,
      capture,
      diskBytesMax: disk && Math.round(disk * 1_000_000_000),
      template: await templateOf(client, bot, asked),
      profileIds: profiles === undefined ? undefined : await profileIdsOf(client, profiles),
      settings: settings === undefined ? undefined : await readSettings(settings),
    };
    if (Object.values(changes).every((change) => change === undefined))
      throw new CliRefusal('Name what to change, see --help.', exitCodes.usage);
    const proposed = { kind: 'bot' as const, botId: bot.id, change: changes };
    if (dryRun) return { impact: await client.configurations.preview({ proposed }) };
    return {
      bot: await settled(context, await client.bots.update({ botId: bot.id, reason, ...changes }), { wait, timeout }),
    };
  },
  show({ impact, bot }) {
    if (impact)
      return [sayImpact(impact), ...impact.bots.map(({ changes }) => sayChanges(changes))].join('\n').trimEnd();
    return `${bot?.name} is to be as asked (revision ${bot?.generation}). Follow it: clawster bot watch ${bot?.name}`;
  },
});

/** Which template a bot is to have, and what is answered; undefined where neither is said. */
async function templateOf(
  client: Client,
  { spec }: ListedBot,
  { template, set }: { template?: string | undefined; set?: VariableValues | undefined },
) {
  if (template === 'none') return null;
  if (template !== undefined) return { ...(await templateUseOf(client, template)), variables: set };
  if (set === undefined) return undefined;
  if (!spec.template) throw new CliRefusal('It has no template: name one with --template.', exitCodes.usage);
  return { id: spec.template.id, version: spec.template.version, variables: set };
}
