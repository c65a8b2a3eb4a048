import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bot } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { livesOf, readyBots } from './support/bots.ts';
import { fakeClock, fakeTimeLibrary } from './support/fake-clock.ts';
import { type FaultInstallation, installForFaults } from './support/installation.ts';
import { openJournal } from './support/journal.ts';
import { countsOf, startLoad } from './support/load.ts';
import { signIn } from './support/owner.ts';
import { tell } from './support/seeds.ts';
import { brokenPromises, settle } from './support/verdict.ts';

// F17: the clock of one of two servers jumps an hour ahead, an hour back, and is right again. PostgreSQL's does not.

const jumpMs = 8_000;

test('a server whose clock jumps calls no bot unknown, takes no lease of another, and signs nobody in or out', async (context) => {
  const library = await fakeTimeLibrary();
  if (!library) return context.skip('libfaketime is missing (Debian: apt-get install faketime)');
  const folder = await mkdtemp(join(tmpdir(), 'clawster-clock-'));
  const clock = fakeClock(library, join(folder, 'clock'));
  await clock.jump(0);
  const installation = await installForFaults({ servers: 2, firstEnvironment: clock.environment });
  try {
    const bots = await readyBots(installation, ['ada', 'bob']);
    const journal = openJournal(join(installation.folder, 'history.jsonl'));
    const load = startLoad(installation, journal, 1);
    const seen = { phases: new Set<string>(), early: 0, late: 0, asked: 0 };
    const off = [];
    for (const hours of [1, -1, 0]) {
      await clock.jump(hours);
      off.push(await minutesOff(installation));
      const sessions = await openSessions(installation);
      for (const end = Date.now() + jumpMs; Date.now() < end; await sleep(200))
        await look(installation, { bots, sessions, seen });
    }
    await load.stop();
    const { wrong, seconds } = await settle(installation);
    tell(
      `F17: off by ${off.join(', ')} minutes; ${countsOf(journal.lines)}; ${seen.asked} looks; well after ${seconds.toFixed(1)} s`,
    );
    expect(off).toEqual([60, -60, 0]);
    expect([...seen.phases]).toEqual(['ready']);
    expect({ signedOutEarly: seen.early, letInLate: seen.late }).toEqual({ signedOutEarly: 0, letInLate: 0 });
    expect(await lostLeases(installation)).toEqual([]);
    for (const { id } of bots) expect(await livesOf(installation, id)).toHaveLength(1);
    expect([...wrong, ...(await brokenPromises(installation, journal.lines))]).toEqual([]);
  } finally {
    await installation.close();
    await rm(folder, { recursive: true, force: true });
  }
});

/** By how much the first server's clock differs from ours. */
async function minutesOff({ servers: [server] }: FaultInstallation): Promise<number> {
  // The header is made anew once a second.
  await sleep(1_100);
  const { headers } = await fetch(`${server?.url}/live`);
  return Math.round((new Date(headers.get('date') ?? '').getTime() - Date.now()) / 60_000) + 0;
}

type Sessions = { good: string; over: string };
/** What an owner's session lasts unused, and what that may differ by on a busy machine. */
const idleMinutes = 30;
const minutesMax = 2;

/** Two sessions from the first server: by PostgreSQL's clock the one ends in twenty minutes, the other twenty minutes ago. */
async function openSessions({ servers: [server], database, password }: FaultInstallation): Promise<Sessions> {
  const open = async (minutes: number) => {
    const cookie = await signIn(server?.url ?? '', password);
    const [session] = await database.rows<{ id: string; lasts: number }>(
      `select id, extract(epoch from expires_at - now())::float8 / 60 as lasts from session order by created_at desc limit 1`,
    );
    expect(Math.abs((session?.lasts ?? 0) - idleMinutes)).toBeLessThan(minutesMax);
    await database.rows(`update session set expires_at = now() + make_interval(mins => $1) where id = $2`, [
      minutes,
      session?.id,
    ]);
    return cookie;
  };
  return { good: await open(20), over: await open(-20) };
}

type Looking = {
  bots: Bot[];
  sessions: Sessions;
  seen: { phases: Set<string>; early: number; late: number; asked: number };
};

/** What either server says of the bots, and whom the first lets in. */
async function look(installation: FaultInstallation, { bots, sessions, seen }: Looking): Promise<void> {
  const { servers, client } = installation;
  const asWhom = async (cookie: string) =>
    (await fetch(`${servers[0]?.url}/api/v1/session`, { headers: { cookie } })).status;
  // Otherwise a bot at rest is looked at every 15 s: whichever server comes first does it now.
  await installation.database.rows(`update bot set reconcile_at = now() where id = any($1)`, [
    bots.map(({ id }) => id),
  ]);
  for (const server of servers)
    for (const { id } of bots) seen.phases.add((await client(server).bots.get({ botId: id })).status.phase);
  if ((await asWhom(sessions.good)) !== 200) seen.early += 1;
  if ((await asWhom(sessions.over)) !== 401) seen.late += 1;
  seen.asked += 1;
  // Used, it slides: until half an hour from now, whatever the server believes the time to be.
  const [{ longest } = { longest: 0 }] = await installation.database.rows<{ longest: number }>(
    `select max(extract(epoch from expires_at - now()))::float8 / 60 as longest from session`,
  );
  if (longest > idleMinutes + minutesMax) seen.late += 1;
}

/** Bots whose lease another server took while one worked on them. */
async function lostLeases({ folder, servers }: FaultInstallation): Promise<string[]> {
  const logs = servers.map((_, number) => readFile(join(folder, 'logs', `server-${number}.log`), 'utf8'));
  return (await Promise.all(logs)).flatMap((log) =>
    log.split('\n').filter((line) => line.includes('A bot could not be reconciled')),
  );
}
