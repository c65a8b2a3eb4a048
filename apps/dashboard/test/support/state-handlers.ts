import { randomUUID } from 'node:crypto';
import type { Backup } from '@clawster/contract/backup';
import type { Bot } from '@clawster/contract/bot';
import type { Operation, OperationPhase } from '@clawster/contract/operation';
import { factsOf, whyNot } from '@clawster/domain/bot/can';
import { doneWords } from '@clawster/domain/operation/done-words';
import { holdsBot, isBeyondReturn, stepsFor, whyNotCancel } from '@clawster/domain/operation/steps';
import { refuseTaken } from './bot-handlers.ts';
import { botOf } from './bot-of.ts';
import { ago, makeBot } from './fleet.ts';
import { pause, setPhase } from './phases.ts';
import { Refused } from './refused.ts';
import { type Handler, tellEvent, type World } from './world.ts';

type Begin = Pick<Operation, 'kind'> & Partial<Pick<Operation, 'backupId' | 'targetId' | 'targetName'>>;

/** What is done with the state of bots, step by step, by the rules of the product. */
export const stateHandlers: Record<string, Handler> = {
  'backups.list': ({ backups }, { botId }: { botId?: string }) => {
    const items = backups.filter((backup) => !botId || backup.botId === botId).toReversed();
    return { items, total: items.length };
  },
  'backups.get': (world, { backupId }: { backupId: string }) => backupOf(world, backupId),
  'backups.create': (world, { botId }: { botId: string }) => {
    const bot = botOf(world, botId);
    refuse(whyNot('backup', factsOf(bot)));
    return begin(world, bot, { kind: 'backup', backupId: randomUUID() });
  },
  'backups.delete': (world, { backupId }: { backupId: string }) => {
    const backup = backupOf(world, backupId);
    world.backups = world.backups.filter(({ id }) => id !== backupId);
    tellEvent(world, 'backup-deleted', botOf(world, backup.botId));
    return backup;
  },
  'backups.restore': (world, { backupId, name }: { backupId: string; name?: string }) => {
    const bot = botOf(world, backupOf(world, backupId).botId);
    if (name) return begin(world, addHeld(world, name), { kind: 'restore', backupId });
    refuse(whyNot('backup', factsOf(bot)));
    return begin(world, bot, { kind: 'restore', backupId });
  },
  'bots.move': (world, { botId, targetId }: { botId: string; targetId: string }) => {
    const bot = botOf(world, botId);
    refuse(whyNot('move', factsOf(bot)));
    const target = world.targets.find(({ id }) => id === targetId);
    if (!target) throw new Refused('not-found', 'There is no such target in this workspace');
    return begin(world, bot, { kind: 'move', targetId, targetName: target.name });
  },
  'operations.list': ({ operations }, { botId }: { botId?: string }) => {
    const items = operations.filter((operation) => !botId || operation.botId === botId).toReversed();
    return { items: items.slice(0, 1).map(told), total: items.length };
  },
  'operations.cancel': ({ operations }, { operationId }: { operationId: string }) => {
    const operation = operations.find(({ id }) => id === operationId);
    if (!operation) throw new Refused('not-found', 'There is no such operation in this workspace');
    refuse(whyNotCancel(operation));
    operation.cancelAsked = true;
    return told(operation);
  },
};

/** A new bot that is not started before its state is there. */
export function addHeld(world: World, name: string): Bot {
  refuseTaken(world, name);
  const bot = makeBot(name, 'stopped', 0);
  bot.spec.desired = 'running';
  world.bots.push(bot);
  tellEvent(world, 'bot-created', bot);
  return bot;
}

/** A step takes as long as one of a bot that starts. */
export function begin(world: World, bot: Bot, { kind, ...about }: Begin): Operation {
  const operation: Operation = {
    id: randomUUID(),
    kind,
    phase: 'pending',
    reason: 'Waiting for its turn',
    steps: stepsFor(kind),
    botId: bot.id,
    botName: bot.name,
    cancelAsked: false,
    createdAt: ago(0),
    ...about,
  };
  world.operations.push(operation);
  if (holdsBot(kind)) bot.operation = { id: operation.id, kind };
  tellPhase(world, operation, 'pending');
  void carryOut(world, operation, bot);
  return told(operation);
}

async function carryOut(world: World, operation: Operation, bot: Bot): Promise<void> {
  for (const step of operation.steps) {
    if (operation.cancelAsked && !isBeyondReturn(operation))
      return end(world, operation, { phase: 'cancelled', reason: 'Cancelled; all is as it was before' });
    Object.assign(step, { state: 'running', startedAt: ago(0) });
    operation.phase = 'running';
    if (step.name === 'stop') setPhase(world, bot, 'stopped');
    await pause(world.stepMs);
    Object.assign(step, { state: 'done', endedAt: ago(0) });
  }
  const { kind, targetId, targetName, backupId } = operation;
  if (kind === 'backup' && backupId) world.backups.push(makeBackup(bot, backupId));
  if (targetId && targetName) Object.assign(bot, { targetId, targetName });
  end(world, operation, { phase: 'done', reason: doneWords[kind] });
}

function end(world: World, operation: Operation, { phase, reason }: { phase: OperationPhase; reason: string }): void {
  Object.assign(operation, { phase, reason, endedAt: ago(0) });
  const bot = botOf(world, operation.botId);
  delete bot.operation;
  if (bot.spec.desired === 'running' && holdsBot(operation.kind)) setPhase(world, bot, 'ready');
  tellPhase(world, operation, phase);
}

export function makeBackup(bot: Bot, id: string = randomUUID(), secondsAgo = 0): Backup {
  return {
    id,
    botId: bot.id,
    botName: bot.name,
    runtimeVersion: bot.spec.runtimeVersion,
    bytes: 41_300_000,
    sha256: 'ab'.repeat(32),
    createdAt: ago(secondsAgo),
  };
}

function backupOf(world: World, backupId: string): Backup {
  const backup = world.backups.find(({ id }) => id === backupId);
  if (!backup) throw new Refused('not-found', 'There is no such backup');
  return backup;
}

function told(operation: Operation): Operation {
  const reason = whyNotCancel(operation);
  return { ...operation, ...(reason ? { whyNotCancel: reason } : {}) };
}

function tellPhase(world: World, { id, kind, botId }: Operation, to: OperationPhase): void {
  tellEvent(world, 'operation-phase-changed', botOf(world, botId), { operationId: id, kind, to });
}

function refuse(reason: string | undefined): void {
  if (reason) throw new Refused('refused', reason);
}
