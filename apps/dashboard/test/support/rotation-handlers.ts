import { randomUUID } from 'node:crypto';
import type { Rotation, RotationBot, RotationPhase, SecretImpact } from '@clawster/contract/rotation';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { botsWith, secretOf, usesOf } from './secret-handlers.ts';
import { type Handler, tellEvent, type World } from './world.ts';

/** How many bots are how far follows from the bots. */
export type StandInRotation = { rotation: Omit<Rotation, 'bots' | 'stuck'>; bots: RotationBot[] };
type Named = { rotationId: string };
type OfSecret = { secretId: string };
type Page = { cursor?: string; limit: number };

/** Rotations go on by themselves, a wave at a time; the bots that `world.refusing` names get stuck. */
export const rotationHandlers: Record<string, Handler> = {
  'rotations.impact': (world, { secretId }: OfSecret) => impactOf(world, secretId),
  'rotations.start': (
    world,
    {
      secretId,
      atOnce,
      revokeFormer,
      expiresAt,
    }: OfSecret & { atOnce: boolean; revokeFormer: boolean; expiresAt?: string },
  ) => {
    const secret = secretOf(world, secretId);
    const [former] = secret.versions;
    const toVersion = (former?.version ?? 0) + 1;
    if (former?.state === 'current') former.state = 'former';
    const current = {
      version: toVersion,
      state: 'current' as const,
      author: world.ownName,
      createdAt: ago(0),
      expiresAt,
    };
    secret.versions.unshift(current);
    const bots = impactOf(world, secretId).bots.map(({ botId, botName, running, wave }) => ({
      botId,
      botName,
      wave: atOnce ? 1 : wave,
      at: ago(0),
      state: running ? ('waiting' as const) : ('resting' as const),
      text: running ? 'Waits for its wave' : 'It gets the new value when it starts',
    }));
    const one: StandInRotation = {
      rotation: {
        id: randomUUID(),
        secretId,
        secretName: secret.name,
        fromVersion: toVersion - 1,
        toVersion,
        phase: 'running' as const,
        reason: 'The first bot tries the new value',
        wave: 1,
        revokeFormer,
        waves: Math.max(1, ...bots.map(({ wave }) => wave)),
        author: world.ownName,
        startedAt: ago(0),
      },
      bots,
    };
    world.rotations.unshift(one);
    tellEvent(world, 'rotation-started');
    void goOn(world, one);
    return told(one);
  },
  'rotations.list': (world, { secretId, phase, ...page }: Page & { secretId?: string; phase?: RotationPhase }) =>
    pageOf(
      world.rotations
        .map(told)
        .filter((one) => (!secretId || one.secretId === secretId) && (!phase || one.phase === phase)),
      page,
    ),
  'rotations.get': (world, { rotationId }: Named) => told(found(world, rotationId)),
  'rotations.bots': (world, { rotationId, ...page }: Named & Page) =>
    pageOf(
      found(world, rotationId).bots.toSorted(
        (one, other) => Number(other.state === 'stuck') - Number(one.state === 'stuck') || one.wave - other.wave,
      ),
      page,
    ),
  'rotations.resume': (world, { rotationId, stuck }: Named & { stuck: 'retry' | 'set-aside' }) => {
    const one = found(world, rotationId);
    for (const bot of one.bots.filter(({ state }) => state === 'stuck')) if (stuck === 'retry') bot.state = 'waiting';
    one.rotation.phase = 'running';
    one.rotation.reason = `Wave ${one.rotation.wave} goes on`;
    tellEvent(world, 'rotation-resumed');
    void goOn(world, one);
    return told(one);
  },
  'rotations.undo': (world, { rotationId }: Named) => {
    const one = found(world, rotationId);
    const [current, former] = secretOf(world, one.rotation.secretId).versions;
    if (current) current.state = 'revoked';
    if (former) former.state = 'current';
    end(world, one, { phase: 'undone', reason: 'Every bot was given the former value back' });
    return told(one);
  },
  'rotations.revoke': (world, { secretId }: OfSecret & { reason: string }) => {
    const bots = botsWith(world, secretId).length;
    for (const version of secretOf(world, secretId).versions)
      Object.assign(version, { state: 'revoked', revokedAt: ago(0) });
    tellEvent(world, 'secret-revoked');
    return { bots };
  },
};

/** One step: the bots of the wave are given the value, and say what came of it. */
async function goOn(world: World, one: StandInRotation): Promise<void> {
  const { rotation } = one;
  const ofWave = one.bots.filter(({ wave, state }) => wave === rotation.wave && state === 'waiting');
  for (const bot of ofWave) Object.assign(bot, { state: 'given', text: 'Was given it; the proof is waited for' });
  await new Promise((resolve) => setTimeout(resolve, world.stepMs));
  if (rotation.phase !== 'running') return;
  for (const bot of ofWave)
    if (world.refusing.has(bot.botName)) Object.assign(bot, { state: 'stuck', text: 'the service answered 401' });
    else Object.assign(bot, { state: 'proven', text: 'The service took it from the running bot' });
  const stuck = ofWave.filter(({ state }) => state === 'stuck');
  if (stuck.length > 0) {
    rotation.phase = 'halted';
    rotation.reason = `${stuck[0]?.botName} was refused with the new value: the service answered 401`;
    return tellEvent(world, 'rotation-halted');
  }
  if (rotation.wave < rotation.waves) {
    rotation.wave += 1;
    rotation.reason = `Wave ${rotation.wave} is on its way`;
    return goOn(world, one);
  }
  const dead = {
    dead: false,
    text: `${usesOf(world, rotation.secretId)[0]?.name} still takes the former value: delete it at the service`,
    at: ago(0),
  };
  rotation.former = dead;
  const [, former] = secretOf(world, rotation.secretId).versions;
  if (former) Object.assign(former, { proof: dead, ...(rotation.revokeFormer ? { state: 'revoked' } : {}) });
  end(world, one, { phase: 'done', reason: 'Every bot has the new value' });
}

function end(world: World, { rotation }: StandInRotation, how: Pick<Rotation, 'phase' | 'reason'>): void {
  Object.assign(rotation, how, { endedAt: ago(0) });
  tellEvent(world, how.phase === 'undone' ? 'rotation-undone' : 'rotation-ended');
}

function told({ rotation, bots }: StandInRotation): Rotation {
  const number = (state: RotationBot['state']) => bots.filter((bot) => bot.state === state).length;
  return {
    ...rotation,
    stuck: bots.filter(({ state }) => state === 'stuck').map(({ botName }) => botName),
    bots: {
      waiting: number('waiting'),
      given: number('given'),
      proven: number('proven'),
      stuck: number('stuck'),
      resting: number('resting'),
      gone: number('gone'),
    },
  };
}

function found(world: World, rotationId: string): StandInRotation {
  const one = world.rotations.find(({ rotation }) => rotation.id === rotationId);
  if (!one) throw new Refused('not-found', 'No rotation of this workspace has this id');
  return one;
}

/** The first bot alone, then the others. */
function impactOf(world: World, secretId: string): SecretImpact {
  const uses = usesOf(world, secretId);
  const bots = botsWith(world, secretId).map((bot, index) => ({
    botId: bot.id,
    botName: bot.name,
    running: bot.spec.desired === 'running',
    uses,
    reload: 'hot' as const,
    interruption: 'Some seconds: it connects anew, where messages wait meanwhile',
    wave: index === 0 ? 1 : 2,
  }));
  const running = bots.filter((bot) => bot.running).length;
  return { uses, counts: { bots: bots.length, running, hot: running, restart: 0, channels: uses.length }, bots };
}
