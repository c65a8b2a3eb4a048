import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@clawster/contract/bot';
import type { Rotation } from '@clawster/contract/rotation';
import { expect, test } from 'vitest';
import { readyBots } from './support/bots.ts';
import { type FaultInstallation, withInstallation } from './support/installation.ts';
import { readSecrets, type SecretReads } from './support/read-secrets.ts';
import { type Chance, chanceOf, seeds, tell } from './support/seeds.ts';
import { brokenPromises, eventRows, settle } from './support/verdict.ts';

// S12: the key of a connector is rotated in waves while the only server is killed at random moments, people look at the
// secrets and talk to the bots.

const names = ['ada', 'bob', 'cid', 'dan', 'eve'];
const kills = 4;
const formerVersion = 1;

test.each(seeds(1))('a rotation outlives a server that is killed again and again (seed %i)', (seed) =>
  withInstallation(async (installation) => {
    const { model } = installation;
    const bots = await readyBots(installation, names);
    const secretId = (await installation.client().secrets.list({})).items[0]?.id ?? '';
    const [formerKey, newKey] = [model.key, `${model.key}-next`];
    installation.secrets.push(newKey);
    model.keys.add(newKey);
    const reads = readSecrets(installation, secretId);
    const talks = bots.map((bot) => talkOn(installation, bot));
    const watch = watchFormer(installation, secretId);

    const rotation = await installation.client().rotations.start({ secretId, value: newKey });
    const killed = await killWhileItGoesOn(installation, { rotation, reads, chance: chanceOf(seed) });
    const ended = await untilEnded(installation, rotation);
    const turns = (await Promise.all(talks.map((talk) => talk.stop()))).reduce((sum, count) => sum + count, 0);
    const tooSoon = await watch.stop();
    const { reads: count, failed } = await reads.stop();
    model.keys.delete(formerKey);
    for (const bot of bots) await turnWith(installation, bot);
    const { wrong } = await settle(installation);

    tell(`S12 seed ${seed}, ${killed} kills, ${turns} turns: reads ${count}, failed ${failed.length}`);
    expect(ended).toMatchObject({ phase: 'done', waves: 3, bots: { proven: names.length }, former: { dead: false } });
    expect(killed).toBeGreaterThan(0);
    expect(turns).toBeGreaterThan(names.length);
    expect(count).toBeGreaterThan(200);
    const broken = await brokenPromises(installation, []);
    expect([...failed, ...tooSoon, ...wrong, ...broken, ...wavesGivenWrongly(await eventRows(installation))]).toEqual(
      [],
    );
    for (const { id } of bots) expect(keysInOrder(installation, id)).toEqual([formerKey, newKey]);
    expect(await versionsOf(installation, secretId)).toEqual(['2 current', '1 revoked']);
  }),
);

type Killing = { rotation: Rotation; reads: SecretReads; chance: Chance };

/** Kills it between any two instructions, as long as there is something to interrupt; says how often. */
async function killWhileItGoesOn(
  installation: FaultInstallation,
  { rotation, reads, chance }: Killing,
): Promise<number> {
  const [server] = installation.servers;
  for (let count = 0; count < kills; count += 1) {
    await sleep(chance.between(50, 900));
    const [row] = await installation.database.rows('select from rotation where id = $1 and ended_at is null', [
      rotation.id,
    ]);
    if (!row) return count;
    reads.goesDown();
    await server?.end('SIGKILL');
    await sleep(chance.between(0, 500));
    await server?.start();
    reads.isUp();
  }
  return kills;
}

async function untilEnded(installation: FaultInstallation, { id: rotationId }: Rotation): Promise<Rotation> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const now = await installation.client().rotations.get({ rotationId });
    if (now.endedAt || now.phase === 'halted') return now;
    if (Date.now() > deadline) throw new Error(`It goes on and on: ${now.reason}`);
    await sleep(100);
  }
}

async function turnWith(installation: FaultInstallation, { id: botId }: Bot): Promise<void> {
  const turn = { botId, conversation: 'main', message: saidTo(botId) };
  const told: string[] = [];
  const events = installation.client().turns.start(turn, { signal: AbortSignal.timeout(10_000) });
  for await (const { type } of events) told.push(type);
  expect(told.at(-1)).toBe('done');
}

const saidTo = (botId: string) => `Are you there, ${botId}?`;

/** Talks to a bot, one turn after another, until `stop`, which says how many turns were done. One may be lost with a server. */
function talkOn(installation: FaultInstallation, bot: Bot): { stop(): Promise<number> } {
  let isOver = false;
  const talking = (async () => {
    let done = 0;
    while (!isOver) {
      const isDone = await turnWith(installation, bot).then(
        () => true,
        () => false,
      );
      if (isDone) done += 1;
      await sleep(200);
    }
    return done;
  })();
  return {
    stop() {
      isOver = true;
      return talking;
    },
  };
}

/** Looks until `stop`, which says whether the former value was destroyed before every bot had proven the new one. */
function watchFormer({ database }: FaultInstallation, secretId: string): { stop(): Promise<string[]> } {
  let isOver = false;
  const watching = (async () => {
    const wrong: string[] = [];
    while (!isOver) {
      const rows = await database.rows<{ states: string[] }>(
        `select array_agg(one.state) as states from rotation_bot one, named_secret_version former
         where former.secret_id = $1 and former.version = $2 and former.sealed_id is null
         having bool_or(one.state <> 'proven')`,
        [secretId, formerVersion],
      );
      for (const { states } of rows) wrong.push(`The former value was destroyed while bots were ${states.join(', ')}`);
      await sleep(50);
    }
    return wrong;
  })();
  return {
    stop() {
      isOver = true;
      return watching;
    },
  };
}

/** The keys a bot's turns came to the model with, one after the other: one that goes back to a former key shows here. */
function keysInOrder({ model }: FaultInstallation, botId: string): string[] {
  const keys = model.requests
    .filter(({ body }) => JSON.stringify(body.messages).includes(saidTo(botId)))
    .map(({ authorization }) => authorization?.replace('Bearer ', '') ?? '');
  return keys.filter((key, index) => key !== keys[index - 1]);
}

/** Each wave is given once and in order, and the rotation ends once, whoever was killed in the middle of it. */
function wavesGivenWrongly(events: { type: string; detail: Record<string, unknown> }[]): string[] {
  const steps = events.filter(({ type }) => type.startsWith('rotation-'));
  const told = steps.map(({ type, detail }) =>
    type === 'rotation-advanced' ? `wave ${String(detail['wave'])}` : type,
  );
  const due = ['rotation-started', 'wave 1', 'wave 2', 'wave 3', 'rotation-ended'];
  return told.join() === due.join() ? [] : [`The rotation went ${told.join(', ')}`];
}

async function versionsOf(installation: FaultInstallation, secretId: string): Promise<string[]> {
  const { versions } = await installation.client().secrets.get({ secretId });
  return versions.map(({ version, state }) => `${version} ${state}`);
}
