import { BotPhase, type Bot, type CreateBot, type ListBots, type UpdateBot } from '@clawster/contract/bot';
import type { StartTurn, TurnEvent } from '@clawster/contract/turn';
import { botOf } from './bot-of.ts';
import { makeBot } from './fleet.ts';
import { changedBot } from './layer-handlers.ts';
import { comeUp, pause } from './phases.ts';
import { Refused } from './refused.ts';
import { changeBot } from './revision-handlers.ts';
import { type Handler, tellEvent, type World } from './world.ts';

type OneBot = { botId: string };

export const botHandlers: Record<string, Handler> = {
  'bots.list': (world, input: ListBots) => listBots(world, input),
  'bots.counts': ({ bots }) => ({
    total: bots.filter(({ status }) => status.phase !== 'destroyed').length,
    phases: Object.fromEntries(
      BotPhase.options.map((phase) => [phase, bots.filter(({ status }) => status.phase === phase).length]),
    ),
  }),
  'bots.get': (world, { botId }: OneBot) => botOf(world, botId),
  'bots.create': (world, input: CreateBot) => {
    refuseTaken(world, input.name);
    const bot = makeBot(input.name, 'pending', 0);
    bot.spec = changedBot(bot, {
      personality: input.personality,
      settings: input.settings,
      template: input.template,
      profileIds: input.profileIds,
    }).spec;
    bot.createdAt = new Date().toISOString();
    world.bots.push(bot);
    tellEvent(world, 'bot-created', bot);
    void comeUp(world, bot);
    return bot;
  },
  'bots.update': (world, { botId, ...changes }: UpdateBot) => {
    const bot = botOf(world, botId);
    changeBot(world, bot, changes);
    return bot;
  },
  'bots.logs': () => logLines(),
  'turns.history': ({ unlinked, messages }, { botId }: OneBot) => {
    if (unlinked.has(botId)) throw new Refused('unavailable', 'The bot has no link to Clawster right now');
    return { items: messages.get(botId) ?? [] };
  },
  'turns.start': (world, input: StartTurn) => speak(world, input),
  'turns.abort': () => ({}),
};

export function refuseTaken({ bots }: World, name: string): void {
  if (!bots.some((bot) => bot.name === name && bot.spec.desired !== 'destroyed')) return;
  const message = `There is a bot named ${name} already: choose another name`;
  throw new Refused('conflict', message, [{ path: 'name', message }]);
}

function listBots({ bots }: World, { search, phase, order, descending, cursor, limit, ...madeFrom }: ListBots) {
  const keys = {
    name: (bot: Bot) => bot.name,
    phase: (bot: Bot) => bot.status.phase,
    created: (bot: Bot) => bot.createdAt,
    since: (bot: Bot) => bot.status.since,
  };
  const matching = bots.filter(
    (bot) =>
      (!search || bot.name.includes(search)) &&
      (phase ? bot.status.phase === phase : bot.status.phase !== 'destroyed') &&
      isMadeFrom(bot, madeFrom),
  );
  const sorted = matching.toSorted((a, b) => keys[order](a).localeCompare(keys[order](b)) * (descending ? -1 : 1));
  const from = Number(cursor ?? 0);
  const next = from + limit;
  return {
    items: sorted.slice(from, next),
    total: matching.length,
    ...(next < matching.length ? { nextCursor: String(next) } : {}),
  };
}

function isMadeFrom(
  { spec: { template } }: Bot,
  { templateId, templateBefore }: Pick<ListBots, 'templateId' | 'templateBefore'>,
): boolean {
  const isBefore = templateBefore === undefined || (template?.version ?? Infinity) < templateBefore;
  return (templateId === undefined || template?.id === templateId) && isBefore;
}

async function* speak(world: World, { botId, message }: StartTurn): AsyncGenerator<TurnEvent> {
  const bot = botOf(world, botId);
  const messages = world.messages.get(botId) ?? [];
  world.messages.set(botId, messages);
  messages.push({ id: `m${messages.length}`, role: 'user', text: message, at: new Date().toISOString() });
  yield { type: 'accepted', turnId: `turn-${messages.length}` };
  if (message === 'fail')
    return yield { type: 'failed', message: 'The model answered 500 three times. Try again in a minute.' };
  yield { type: 'tool', toolCallId: 'c1', toolName: 'read', state: 'running', title: 'SOUL.md' };
  const text = `Hello, I am **${bot.name}**, running on the demo model. I can:\n\n- answer questions\n- show that everything works`;
  for (const end of [...text.matchAll(/\s|$/g)].map((space) => space.index)) {
    await pause(world.wordMs);
    yield { type: 'text', text: text.slice(0, end) };
  }
  yield { type: 'tool', toolCallId: 'c1', toolName: 'read', state: 'done' };
  messages.push({ id: `m${messages.length}`, role: 'tool', text: '', toolName: 'read', failed: false });
  messages.push({ id: `m${messages.length}`, role: 'assistant', text, at: new Date().toISOString() });
  yield { type: 'done', text };
}

async function* logLines() {
  const at = new Date().toISOString();
  for (let line = 0; line < 300; line += 1)
    yield {
      source: line % 5 === 0 ? 'supervisor' : 'gateway',
      at,
      level: line % 40 === 7 ? 'warn' : 'info',
      text: `[gateway] line ${line}: agent main ready, 3 tools allowed`,
    };
  for (let line = 0; ; line += 1) {
    await pause(1_000);
    yield {
      source: 'supervisor',
      at: new Date().toISOString(),
      level: 'info',
      text: `health answered in ${10 + (line % 5)} ms`,
    };
  }
}
