import type { BotPhase, BotSpec } from '@clawster/contract/bot';

export type BotAction = 'start' | 'stop' | 'restart' | 'update' | 'destroy' | 'chat' | 'doctor' | 'logs';
type BotFacts = { phase: BotPhase; desired: BotSpec['desired'] };

/** Why this action cannot be done with the bot as it is, or undefined when it can; the same for API, CLI and dashboard. */
export function whyNot(action: BotAction, bot: BotFacts): string | undefined {
  if (bot.desired === 'destroyed')
    return action === 'logs' && bot.phase !== 'destroyed' ? undefined : destroyed(bot.phase);
  return rules[action](bot);
}

export function botCan(action: BotAction, bot: BotFacts): boolean {
  return whyNot(action, bot) === undefined;
}

const rules: Record<BotAction, (bot: BotFacts) => string | undefined> = {
  start: ({ desired }) => (desired === 'running' ? 'The bot is started already' : undefined),
  stop: ({ desired }) => (desired === 'stopped' ? 'The bot is stopped already' : undefined),
  restart: ({ desired }) => (desired === 'stopped' ? 'The bot is stopped: start it instead' : undefined),
  update: () => undefined,
  destroy: () => undefined,
  logs: () => undefined,
  chat: ({ desired, phase }) =>
    desired === 'stopped' ? 'The bot is stopped: start it to talk to it' : notAnswering[phase],
  doctor: ({ desired, phase }) =>
    desired === 'stopped' ? 'The bot is stopped: start it to examine it' : notLinked[phase],
};

const destroyed = (phase: BotPhase) => (phase === 'destroyed' ? 'The bot was destroyed' : 'The bot is being destroyed');

const notLinked: Partial<Record<BotPhase, string>> = {
  pending: 'The bot has not been started yet: wait for its turn',
  installing: 'The bot waits for its OpenClaw to be installed',
  unknown: 'The bot has not been heard from: wait until its link is back',
  stopping: 'The bot is stopping',
  stopped: 'The bot is stopped: wait until it has started',
};

const notAnswering: Partial<Record<BotPhase, string>> = {
  ...notLinked,
  starting: 'The bot is starting: it can be talked to as soon as it is ready',
  failed: 'The bot has failed: its page says why',
};
