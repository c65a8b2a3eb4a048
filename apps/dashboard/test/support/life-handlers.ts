import { randomUUID } from 'node:crypto';
import type { Bot, BotPhase } from '@clawster/contract/bot';
import type { EventType } from '@clawster/contract/event';
import type { Halt } from '@clawster/contract/fleet';
import type { BotAction } from '@clawster/domain/bot/can';
import { refuseTaken } from './bot-handlers.ts';
import { botOf, refuseUnless } from './bot-of.ts';
import { ago, makeBot } from './fleet.ts';
import { comeUp, pause, setPhase } from './phases.ts';
import { addHeld, begin } from './state-handlers.ts';
import { type Handler, tellEvent, type World } from './world.ts';

type OneBot = { botId: string };
type Clone = { name: string; start: boolean; memory: boolean };
type Desired = Bot['spec']['desired'];
type Change = { action: BotAction; desired: Desired; phases: [BotPhase, BotPhase]; event: EventType };

/** What a bot is made to do in its life, by the rules of the product. */
export const lifeHandlers: Record<string, Handler> = {
  'bots.start': change({ action: 'start', desired: 'running', phases: ['starting', 'ready'], event: 'bot-started' }),
  'bots.stop': change({ action: 'stop', desired: 'stopped', phases: ['stopping', 'stopped'], event: 'bot-stopped' }),
  'bots.pause': change({ action: 'pause', desired: 'paused', phases: ['pausing', 'paused'], event: 'bot-paused' }),
  'bots.resume': change({ action: 'resume', desired: 'running', phases: ['starting', 'ready'], event: 'bot-resumed' }),
  'bots.restart': change({
    action: 'restart',
    desired: 'running',
    phases: ['starting', 'ready'],
    event: 'bot-restarted',
  }),
  'bots.redeploy': change({
    action: 'redeploy',
    desired: 'running',
    phases: ['starting', 'ready'],
    event: 'bot-redeployed',
  }),
  'bots.destroy': (world, { botId, keepStateDays }: OneBot & { keepStateDays: number }) => {
    const bot = act(world, botId, destruction);
    bot.stateKeptUntil = ago(-keepStateDays * 86_400);
    return bot;
  },
  'bots.clone': (world, { botId, name, start, memory }: OneBot & Clone) => {
    const original = botOf(world, botId);
    refuseUnless(original, 'clone');
    refuseTaken(world, name);
    if (memory) {
      const held = addHeld(world, name);
      begin(world, held, { kind: 'clone' });
      return held;
    }
    const bot = makeBot(name, start ? 'pending' : 'stopped', 0);
    bot.spec.personality = original.spec.personality;
    world.bots.push(bot);
    tellEvent(world, 'bot-cloned', bot, { from: original.name, fromId: original.id });
    if (start) void comeUp(world, bot);
    return bot;
  },
  'bots.restore': (world, { botId, name, start }: OneBot & { name?: string; start: boolean }) => {
    const bot = botOf(world, botId);
    refuseUnless(bot, 'restore');
    refuseTaken(world, name ?? bot.name);
    bot.name = name ?? bot.name;
    delete bot.stateKeptUntil;
    bot.spec.desired = start ? 'running' : 'stopped';
    setPhase(world, bot, start ? 'starting' : 'stopped');
    tellEvent(world, 'bot-restored', bot);
    return bot;
  },
  'fleet.halt': (world, ask: Halt) => halt(world, ask),
};

const destruction: Change = {
  action: 'destroy',
  desired: 'destroyed',
  phases: ['destroying', 'destroyed'],
  event: 'bot-destroyed',
};

function change(wanted: Change): Handler {
  return (world, { botId }: OneBot) => act(world, botId, wanted);
}

function act(world: World, botId: string, { action, desired, phases, event }: Change): Bot {
  const bot = botOf(world, botId);
  refuseUnless(bot, action);
  bot.spec.desired = desired;
  setPhase(world, bot, phases[0]);
  tellEvent(world, event, bot);
  const { generation } = Object.assign(bot, { generation: bot.generation + 1 });
  void pause(world.stepMs).then(() => (bot.generation === generation ? setPhase(world, bot, phases[1]) : undefined));
  return bot;
}

/** Who is not heard from confirms nothing, and is ended by its target later. */
function halt(world: World, { mode, bots: which }: Halt) {
  const touched = world.bots.filter(
    ({ id, spec }) =>
      (which === 'all' || which.includes(id)) &&
      (spec.desired === 'running' || (mode === 'stop' && spec.desired === 'paused')),
  );
  const id = randomUUID();
  tellEvent(world, 'fleet-halted', undefined, {
    haltId: id,
    mode,
    bots: touched.length,
    names: touched.map(({ name }) => name),
  });
  for (const bot of touched) {
    bot.generation += 1;
    bot.spec.desired = mode === 'stop' ? 'stopped' : 'paused';
    tellEvent(world, mode === 'stop' ? 'bot-stopped' : 'bot-paused', bot, { haltId: id, emergency: true });
  }
  const answering = touched.filter(({ status }) => status.phase !== 'unknown');
  for (const bot of touched) setPhase(world, bot, phaseAfter(mode, answering.includes(bot)));
  return { id, bots: touched.length, confirmed: answering.length };
}

function phaseAfter(mode: Halt['mode'], answers: boolean): BotPhase {
  if (mode === 'stop') return answers ? 'stopped' : 'stopping';
  return answers ? 'paused' : 'pausing';
}
