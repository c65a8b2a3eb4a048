import { randomInt, randomUUID } from 'node:crypto';
import { allRoutes, apiPrefix } from '@clawster/contract/api';
import { askReset } from '@clawster/control-plane/password-reset/ask-reset';
import { keep } from '@clawster/control-plane/change';
import { hashPassword } from '@clawster/control-plane/session/password';
import { signIn } from '@clawster/control-plane/session/sign-in';
import { totpCode } from '@clawster/control-plane/second-factor/totp';
import type { Refusal } from '@clawster/domain/refusal';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mannWhitney } from '../testing/mann-whitney.ts';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, newPerson, password, type TestPerson } from './test-people.ts';

// S17: what neither guessing, nor patience, nor a stopwatch opens. Codes that were used, passkeys and links: second-factor.test.ts,
// passkey.test.ts, password-reset.test.ts.

let app: TestApp;
let behindProxy: TestApp;
let workspaceId: string;
beforeAll(async () => {
  app = await testApp();
  behindProxy = await testApp({ beside: app, trustedProxies: ['127.0.0.1'] });
  workspaceId = await app.newWorkspace();
});
afterAll(async () => {
  await behindProxy.close();
  await app.close();
});
const forgiveAll = () => app.database.rows('delete from sign_in_attempt');
beforeEach(forgiveAll);

async function tryFrom(at: TestApp, address: string, body: { email: string; password: string }) {
  const response = await fetch(`${at.url}${apiPrefix}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify(body),
  });
  await response.body?.cancel();
  return { status: response.status };
}
const manyPeople = (count: number) =>
  Promise.all(Array.from({ length: count }, () => newPerson(app, workspaceId, 'viewer')));

describe('is not let in', () => {
  test('by a passphrase that was right when it was looked at, and is another by now', async () => {
    const { id, email } = await newPerson(app, workspaceId, 'viewer');
    const { refused, told } = attempts('passphrases changed meanwhile');
    const changing = new pg.Client({ connectionString: app.database.adminUrl });
    await changing.connect();
    try {
      await changing.query('begin');
      await changing.query('update person set password_hash = $2 where id = $1', [id, await hashPassword('another')]);
      const signingIn = tryFrom(app, '127.0.0.1', { email, password });
      // It has looked at the passphrase and waits for the change.
      await expect
        .poll(() =>
          app.database.rows(`select pid from pg_stat_activity
            where wait_event_type = 'Lock' and query ilike '%person%' and datname = current_database()`),
        )
        .toHaveLength(1);
      await changing.query('commit');
      await refused(signingIn);
    } finally {
      await changing.end();
    }
    expect(told()).toEqual({ tried: 1, letIn: 0 });
    // The one of before, which whoever changes it closes.
    expect(await app.database.rows(`select id from session where person_id = '${id}'`)).toHaveLength(1);
  });

  test('by a list of right passphrases from all over one /64, once sixty were wrong', async () => {
    const people = await manyPeople(20);
    await forgiveAll();
    const { refused, told } = attempts('stuffing from a rotating /64');
    const anywhere = () => `2001:db8:1:2:${Array.from({ length: 4 }, () => randomInt(65_536).toString(16)).join(':')}`;
    const wrong = Array.from({ length: 60 }, (_, index) => ({
      email: `nobody${index}@example.com`,
      password: 'wrong',
    }));
    await refused(...wrong.map((body) => tryFrom(behindProxy, anywhere(), body)));
    for (const { email } of people) await refused(tryFrom(behindProxy, anywhere(), { email, password }));
    expect(told()).toEqual({ tried: 80, letIn: 0 });
    const elsewhere = { email: people[0]?.email ?? '', password };
    expect((await tryFrom(behindProxy, '2001:db8:1:3::1', elsewhere)).status).toBe(200);
  });

  test('by another address in a header each time, of somebody who is no proxy', async () => {
    const [ada] = (await manyPeople(1)) as [TestPerson];
    await forgiveAll();
    const { refused, told } = attempts('guesses under made-up addresses');
    for (let guess = 0; guess < 10; guess += 1)
      await refused(tryFrom(app, `203.0.113.${guess}`, { email: ada.email, password: `guess ${guess}` }));
    for (let guess = 0; guess < 20; guess += 1)
      await refused(tryFrom(app, `198.51.100.${guess}`, { email: ada.email, password }));
    expect(told()).toEqual({ tried: 30, letIn: 0 });
  });

  test('by a session that was there before: the one that is opened is another, and theirs alone', async () => {
    const [ada, mallory] = (await manyPeople(2)) as [TestPerson, TestPerson];
    const { refused, told } = attempts('sessions fixed beforehand');
    const chosen = ['A'.repeat(43), 'x', '', mallory.as['cookie']?.split('=')[1] ?? ''];
    for (const value of chosen) {
      const planted = { cookie: `clawster-session-4500=${value}` };
      const body = { email: ada.email, password };
      const { session } = await ask(app, 'POST /sessions', { as: planted, body });
      const opened = session.split('=')[1] ?? '';
      expect(opened).toMatch(/^[\w-]{43}$/);
      expect(chosen).not.toContain(opened);
      const seen = await ask(app, 'GET /session', { as: planted });
      const isAda = JSON.stringify(seen.body).includes(ada.email);
      await refused(Promise.resolve({ status: isAda ? 200 : 401 }));
    }
    // What someone else planted is good for them as before, and never for another.
    expect((await ask(app, 'GET /session', { as: mallory.as })).body).toMatchObject({
      caller: { person: { email: mallory.email } },
    });
    expect(told()).toEqual({ tried: 4, letIn: 0 });
  });

  test('without the second step: its challenge opens no route, as a cookie, a key or both', async () => {
    const [ada] = (await manyPeople(1)) as [TestPerson];
    const { body: offered } = await ask(app, 'POST /account/totp', { as: ada.as, body: { password } });
    const code = totpCode(String(offered['secret']), new Date());
    expect((await ask(app, 'POST /account/totp/confirm', { as: ada.as, body: { code } })).status).toBe(200);
    const { body } = await ask(app, 'POST /sessions', { body: { email: ada.email, password } });
    const challenge = String(body['challenge']);
    const { refused, told } = attempts('second steps skipped');
    const cookie = `clawster-session-4500=${challenge}`;
    const closed = allRoutes().filter(({ route }) => route.permission !== 'public');
    for (const { route } of closed)
      for (const as of [
        { cookie },
        { authorization: `Bearer ${challenge}` },
        { cookie, authorization: `Bearer claw_${challenge}` },
      ]) {
        const path = route.path.replace(/\{\w+\}/g, ada.id);
        const reads = route.method === 'GET' || route.method === 'DELETE';
        const answer = await fetch(`${app.url}${apiPrefix}${path}`, {
          method: route.method,
          headers: { ...as, ...(reads ? {} : { 'content-type': 'application/json' }) } as Record<string, string>,
          ...(reads ? {} : { body: '{}' }),
        });
        await answer.body?.cancel();
        // Anything but "sign in" is let in too far.
        await refused(Promise.resolve({ status: answer.status === 401 ? 401 : 200 }));
      }
    const { tried, letIn } = told();
    expect(tried).toBe(closed.length * 3);
    expect(letIn).toBe(0);
  });
});

describe('2,000 tries tell nothing by their time', () => {
  const tries = 2_000;
  /** For its passphrase, and not for its haste. */
  const wasRefused = (error: unknown) => (error as Refusal).code !== 'not-signed-in';
  const from = (index: number) => ({
    kind: 'anonymous' as const,
    address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
    userAgent: 'test',
  });

  /** Addresses of members with a passphrase, who never signed in. */
  async function accounts(count: number): Promise<string[]> {
    const passwordHash = await hashPassword(password);
    const ids = Array.from({ length: count }, () => randomUUID());
    await keep(app.plane, async (tx) => {
      const people = ids.map((id) => ({ id, name: 'Somebody', email: `${id}@example.com`, passwordHash }));
      await tx.insertInto('person').values(people).execute();
      const members = ids.map((personId) => ({ workspaceId, personId, role: 'viewer' }));
      await tx.insertInto('membership').values(members).execute();
    });
    return ids.map((id) => `${id}@example.com`);
  }

  /** In random order and several at once, so that whatever else goes on here is part of both samples. */
  async function times(known: string[], attempt: (email: string, index: number) => Promise<boolean>, atOnce: number) {
    const taken = { known: [] as number[], unknown: [] as number[], letIn: 0 };
    const left = Array.from({ length: tries }, (_, index) => ({ index, isKnown: index % 2 === 0 }));
    left.sort(() => Math.random() - 0.5);
    const work = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const { index, isKnown } = next;
        const email = isKnown ? (known[index % known.length] as string) : `${randomUUID()}@example.com`;
        const began = performance.now();
        if (await attempt(email, index)) taken.letIn += 1;
        taken[isKnown ? 'known' : 'unknown'].push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return taken;
  }

  /** One sample of a hundred differs so by chance: only two in a row are held against it. */
  async function chanceOf(what: string, measure: () => ReturnType<typeof times>): Promise<number> {
    const chances: number[] = [];
    while (chances.length < 2 && (chances.at(-1) ?? 0) <= 0.01) {
      const { known, unknown, letIn } = await measure();
      expect(letIn).toBe(0);
      chances.push(mannWhitney(known, unknown));
      process.stdout.write(
        `${what}: tried ${tries}, let in ${letIn}; median ${median(known)} ms and ${median(unknown)} ms, p = ${chances.at(-1)?.toFixed(3)}\n`,
      );
    }
    return chances.at(-1) ?? 0;
  }
  const median = (values: number[]) =>
    (values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0).toFixed(2);

  test('samples that differ are told apart, and those that do not are not', () => {
    const sample = (shift: number) => Array.from({ length: 1_000 }, () => Math.random() + shift);
    expect(mannWhitney(sample(0), sample(0.1))).toBeLessThan(0.001);
    expect(mannWhitney([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])).toBeCloseTo(1, 1);
    // As R says: wilcox.test(1:5, 6:10, exact = FALSE).
    expect(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])).toBeCloseTo(0.01219, 4);
  });

  test('whether there is an account, when signing in', { timeout: 180_000 }, async () => {
    const known = await accounts(20);
    const chance = await chanceOf('sign-ins timed', async () => {
      await forgiveAll();
      return times(
        known,
        (email, index) => signIn(app.plane, from(index), { email, password: 'wrong' }).then(() => true, wasRefused),
        16,
      );
    });
    expect(chance).toBeGreaterThan(0.01);
  });

  test('whether there is an account, when asking for a new passphrase', { timeout: 180_000 }, async () => {
    const known = await accounts(200);
    const chance = await chanceOf('forgotten passphrases timed', async () => {
      await forgiveAll();
      return times(known, (email, index) => askReset(app.plane, from(index), { email }).then(() => false), 2);
    });
    expect(chance).toBeGreaterThan(0.01);
  });
});
