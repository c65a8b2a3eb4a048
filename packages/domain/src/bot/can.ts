import type { BotPhase, BotSpec, ListedBot } from '@clawster/contract/bot';
import type { OperationKind } from '@clawster/contract/operation';

export type BotAction =
  | 'start'
  | 'stop'
  | 'pause'
  | 'resume'
  | 'restart'
  | 'redeploy'
  | 'update'
  | 'clone'
  | 'move'
  | 'backup'
  | 'destroy'
  | 'restore'
  | 'chat'
  | 'doctor'
  | 'repair'
  | 'logs';
/** `operation`: what holds the bot still. */
type BotFacts = { phase: BotPhase; desired: BotSpec['desired']; operation?: OperationKind | undefined };

/** What the rules ask of a bot as it is told over the wire. */
export function factsOf({ status, spec, operation }: ListedBot): BotFacts {
  return { phase: status.phase, desired: spec.desired, operation: operation?.kind };
}

/** Why this action cannot be done with the bot as it is, or undefined when it can; the same for API, CLI and dashboard. */
export function whyNot(action: BotAction, bot: BotFacts): string | undefined {
  const held = bot.operation && !harmless.has(action) ? whileHeld[bot.operation] : undefined;
  if (held) return held;
  if (bot.desired === 'destroyed') return afterDestruction(action, bot.phase);
  return rules[action]({ phase: bot.phase, desired: bot.desired });
}

export function botCan(action: BotAction, bot: BotFacts): boolean {
  return whyNot(action, bot) === undefined;
}

/** What leaves a bot and its state as they are. */
const harmless = new Set<BotAction>(['chat', 'doctor', 'logs']);

const whileHeld: Record<OperationKind, string | undefined> = {
  backup: undefined,
  restore: 'The bot is being restored from a backup: wait until that is done, or cancel it',
  move: 'The bot is being moved to another target: wait until that is done, or cancel it',
  clone: 'The bot is still being given the memory of another: wait until that is done, or cancel it',
  adoption: 'The bot is still being given its state from another Clawster: wait until that is done, or cancel it',
};

function afterDestruction(action: BotAction, phase: BotPhase): string | undefined {
  if (action === 'restore')
    return phase === 'destroyed' ? undefined : 'The bot is still being destroyed: wait a moment';
  if (action === 'logs' && phase !== 'destroyed') return undefined;
  return destroyed(phase);
}

type NotDestroyed = Exclude<BotSpec['desired'], 'destroyed'>;

const rules: Record<BotAction, (bot: { phase: BotPhase; desired: NotDestroyed }) => string | undefined> = {
  start: ({ desired }) =>
    ({ running: 'The bot is started already', paused: 'The bot is paused: resume it', stopped: undefined })[desired],
  stop: ({ desired }) => (desired === 'stopped' ? 'The bot is stopped already' : undefined),
  pause: ({ desired }) =>
    ({
      running: undefined,
      paused: 'The bot is paused already',
      stopped: 'The bot is stopped: it takes no turns anyway',
    })[desired],
  resume: ({ desired }) =>
    ({ running: 'The bot is not paused', paused: undefined, stopped: 'The bot is stopped: start it instead' })[desired],
  restart: ({ desired }) => whyNotAnew[desired],
  redeploy: ({ desired }) => whyNotAnew[desired],
  update: () => undefined,
  clone: () => undefined,
  move: () => undefined,
  backup: () => undefined,
  destroy: () => undefined,
  restore: () => 'The bot was not destroyed',
  logs: () => undefined,
  chat: ({ desired, phase }) => whyNotHeard(desired, 'to talk to it') ?? notAnswering[phase],
  doctor: ({ desired, phase }) =>
    desired === 'stopped' ? 'The bot is stopped: start it to examine it' : notLinked[phase],
  repair: ({ desired, phase }) => whyNotHeard(desired, 'to have it repaired') ?? notLinked[phase],
};

const whyNotAnew: Record<NotDestroyed, string | undefined> = {
  running: undefined,
  paused: 'The bot is paused: resume it first',
  stopped: 'The bot is stopped: start it instead',
};

function whyNotHeard(desired: NotDestroyed, purpose: string): string | undefined {
  if (desired === 'stopped') return `The bot is stopped: start it ${purpose}`;
  return desired === 'paused' ? `The bot is paused: resume it ${purpose}` : undefined;
}

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
