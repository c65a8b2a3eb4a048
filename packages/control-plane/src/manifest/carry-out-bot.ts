import type { UpdateBot } from '@clawster/contract/bot';
import { CreateBot } from '@clawster/contract/bot';
import type { Manifest } from '@clawster/contract/manifest';
import type { PlannedStep } from '@clawster/domain/manifest/plan';
import { builtInTemplate } from '@clawster/domain/template/built-in';
import { Refusal } from '@clawster/domain/refusal';
import { changeDesired } from '../bot/change-desired.ts';
import { makeBot } from '../bot/create-bot.ts';
import { endBot } from '../bot/destroy-bot.ts';
import { relabelBot } from '../bot/label-bot.ts';
import { changeBot } from '../bot/update-bot.ts';
import type { CommandContext } from '../command.ts';
import { idOf } from './id-of.ts';

type BotManifest = Extract<Manifest, { kind: 'Bot' }>;

/** A pruned bot's state is kept as long as one's that is destroyed by hand. */
const keepStateDays = 7;

/** Makes, changes or destroys one bot. */
export async function carryOutBot(context: CommandContext, step: PlannedStep): Promise<void> {
  if (step.wanted?.kind !== 'Bot') return destroy(context, step.name);
  if (step.do === 'create') return create(context, step.wanted);
  await update(context, step, step.wanted);
}

async function create(context: CommandContext, { target, desired = 'running', ...wanted }: BotManifest): Promise<void> {
  const changes = await changesIn(context, wanted);
  const { id } = await makeBot(
    context,
    CreateBot.parse({
      ...changes,
      name: wanted.name,
      labels: wanted.labels,
      template: changes.template ?? undefined,
      targetId: target === undefined ? undefined : await idOf(context, 'target', target),
      start: desired !== 'stopped',
    }),
  );
  if (desired === 'paused') await changeDesired(context, id, { action: 'pause', desired, event: 'bot-paused' });
}

async function update(context: CommandContext, { changes: steps }: PlannedStep, wanted: BotManifest): Promise<void> {
  const differs = (what: RegExp) => steps.some(({ path }) => what.test(path));
  const botId = await idOf(context, 'bot', wanted.name);
  if (differs(/^target$/))
    throw Refusal.at(
      'target',
      'refused',
      `A bot is moved by an operation, which takes its state along: clawster bot move ${wanted.name} ${wanted.target}`,
    );
  if (differs(/^labels/) && wanted.labels) await relabelBot(context, { botId, labels: wanted.labels });
  if (differs(/^(?!labels|desired)/))
    await changeBot(context, { botId, ...(await changesIn(context, wanted)), reason: 'From files' });
  if (differs(/^desired$/) && wanted.desired) await changeDesired(context, botId, wishes[wanted.desired]);
}

const wishes = {
  running: { action: 'start', desired: 'running', event: 'bot-started' },
  paused: { action: 'pause', desired: 'paused', event: 'bot-paused' },
  stopped: { action: 'stop', desired: 'stopped', event: 'bot-stopped' },
} as const;

async function destroy(context: CommandContext, name: string): Promise<void> {
  await endBot(context, { botId: await idOf(context, 'bot', name), keepStateDays });
}

/** What a file says of a bot, with ids in the place of names. */
async function changesIn(context: CommandContext, wanted: BotManifest): Promise<Omit<UpdateBot, 'botId' | 'reason'>> {
  const { connector, template, profiles, model, runtimeVersion, personality, settings } = wanted;
  const { memoryBytesMax, diskBytesMax, disconnect, modelCheck, drift, capture } = wanted;
  return {
    model,
    runtimeVersion,
    personality,
    settings,
    memoryBytesMax,
    diskBytesMax,
    disconnect,
    modelCheck,
    drift,
    capture,
    connectorId: connector === undefined ? undefined : await idOf(context, 'connector', connector),
    template: template ? { ...template, id: await templateIdOf(context, template.name) } : template,
    profileIds: profiles && (await Promise.all(profiles.map((name) => idOf(context, 'profile', name)))),
  };
}

function templateIdOf(context: CommandContext, name: string): string | Promise<string> {
  return builtInTemplate(name) ? name : idOf(context, 'template', name);
}
