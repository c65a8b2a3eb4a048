import type { Impact } from '@clawster/contract/configuration';
import type { Explained } from '@clawster/contract/layer';
import { expireOverlays } from '@clawster/control-plane/overlay/expire-overlays';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Credential } from './test-people.ts';

let app: TestApp;
let as: Credential;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  as = { cookie: await app.cookieOf(await app.newWorkspace(), 'owner') };
});

const { asked, done } = asking(() => ({ app, as }));

const newBot = async (name: string, more: Record<string, unknown> = {}) =>
  (await done('POST /bots', { name, start: false, ...more }))['id'] as string;
const newProfile = async (name: string, more: Record<string, unknown>) =>
  (await done('POST /profiles', { name, ...more }))['id'] as string;

async function explained(botId: string, path: string): Promise<Explained | undefined> {
  const { explained: all } = (await done(
    `GET /bots/${botId}/configuration?path=${encodeURIComponent(path)}`,
  )) as unknown as { explained: Explained[] };
  return all[0];
}

const filesOf = async (botId: string) =>
  (await done(`GET /bots/${botId}/configuration`))['files'] as Record<string, string>;
const generationOf = async (botId: string) => (await done(`GET /bots/${botId}`))['generation'];
const role = (text: string) => ({ identity: { role: text } });

describe('layers of a bot', () => {
  test('are its template, profiles by labels, profiles by name, overlays and itself, each above the one before', async () => {
    const templateId = (await done('POST /templates', { name: 'T', content: { settings: role('of the template') } }))[
      'id'
    ] as string;
    await newProfile('By label', { selector: { team: 'support' }, settings: role('by label') });
    const named = await newProfile('Named', { settings: role('by name') });
    const botId = await newBot('Ada', {
      labels: { team: 'support' },
      template: { id: templateId },
      profileIds: [named],
    });
    await done('POST /overlays', { name: 'For now', botId, settings: role('for now') });
    await done(`PATCH /bots/${botId}`, { settings: role('its own') });
    const told = await explained(botId, 'identity.role');
    expect(told?.value).toBe('its own');
    expect(told?.contributions.map(({ layer, value }) => [layer.kind, layer.name, value])).toEqual([
      ['template', 'T', 'of the template'],
      ['profile', 'By label', 'by label'],
      ['profile', 'Named', 'by name'],
      ['overlay', 'For now', 'for now'],
      ['own', 'Ada', 'its own'],
    ]);
    expect((await filesOf(botId))['AGENTS.md']).toContain('# Your role\n\nits own');
  });

  test('by labels come and go with the labels', async () => {
    await newProfile('Support', { selector: { team: 'support' }, settings: role('support') });
    const botId = await newBot('Ada');
    expect(await explained(botId, 'identity.role')).toBeUndefined();
    await done(`PUT /bots/${botId}/labels`, { labels: { team: 'support', env: 'live' } });
    expect((await explained(botId, 'identity.role'))?.value).toBe('support');
    const generation = await generationOf(botId);
    await done(`PUT /bots/${botId}/labels`, { labels: { team: 'support' } });
    expect(await generationOf(botId)).toBe(generation);
    await done(`PUT /bots/${botId}/labels`, { labels: {} });
    expect(await explained(botId, 'identity.role')).toBeUndefined();
    expect(await generationOf(botId)).toBe(Number(generation) + 1);
  });

  test('an overlay that expires is taken away, and its bots go on without it', async () => {
    const botId = await newBot('Ada');
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    await done('POST /overlays', { name: 'Holiday', botId, settings: role('away'), expiresAt });
    await expireOverlays(app.plane);
    expect((await explained(botId, 'identity.role'))?.value).toBe('away');
    const found = async (search: string) => (await done(`GET /overlays?search=${search}`)).items?.length;
    expect([await found('HOLI'), await found('easter')]).toEqual([1, 0]);
    await app.database.rows(`update overlay set expires_at = now() where name = 'Holiday' and bot_id = '${botId}'`);
    await expireOverlays(app.plane);
    await expireOverlays(app.plane);
    expect(await explained(botId, 'identity.role')).toBeUndefined();
    expect(await done('GET /overlays')).toMatchObject({ items: [], total: 0 });
    const { items } = await done(`GET /events?type=overlay-expired`);
    expect(items).toMatchObject([{ subjectName: 'Holiday', detail: { bots: 1 } }]);
  });

  test('a lock of a profile holds against the bot itself, and against what is there already', async () => {
    const lock = {
      selector: { env: 'live' },
      settings: { openclaw: { tools: { allow: ['read'] } } },
      locked: ['openclaw.tools.allow'],
    };
    const mine = { openclaw: { tools: { allow: ['read', 'web_fetch'] } } };
    const free = await newBot('Free', { settings: mine, labels: { env: 'live' } });
    const refused = await asked('POST /profiles', { name: 'Security', ...lock });
    expect(refused.status).toBe(422);
    expect(refused.body.detail).toBe(
      'Free cannot take this over: The profile "Security" has locked it: The bot itself cannot change it',
    );
    await done(`PATCH /bots/${free}`, { settings: {} });
    await newProfile('Security', lock);
    const own = await asked(`PATCH /bots/${free}`, { settings: mine });
    expect([own.status, own.body.issues?.[0]?.path]).toEqual([422, 'settings.openclaw.tools.allow']);
    expect((await explained(free, 'openclaw.tools.allow'))?.lockedBy?.name).toBe('Security');
    const born = await asked('POST /bots', { name: 'Born', start: false, settings: mine, labels: { env: 'live' } });
    expect([born.status, born.body.detail]).toEqual([422, expect.stringContaining('has locked it')]);
  });
});

describe('a change of a layer', () => {
  test('is shown before it is made: whom it concerns and how, by the same rules', async () => {
    const profileId = await newProfile('House', { selector: { team: 'a' }, settings: role('old') });
    const [one, two] = [await newBot('One', { labels: { team: 'a' } }), await newBot('Two', { labels: { team: 'a' } })];
    await newBot('Other');
    await done(`PATCH /bots/${two}`, { settings: role('own') });
    const preview = (change?: unknown) =>
      done('POST /configuration/preview', {
        proposed: { kind: 'profile', profileId, ...(change ? { change } : {}) },
      }) as unknown as Promise<Impact>;
    const generations = [await generationOf(one), await generationOf(two)];
    const impact = await preview({ settings: role('new') });
    expect(impact).toMatchObject({ concerned: 2, changed: 1, hot: 1, restart: 0, refused: 0 });
    expect(impact.bots).toMatchObject([{ botName: 'One', reload: 'hot', changeCount: 1, issues: [] }]);
    expect(impact.bots[0]?.changes[0]).toMatchObject({
      path: 'files["AGENTS.md"]',
      before: expect.stringContaining('old'),
      after: expect.stringContaining('new'),
    });
    expect(await preview()).toMatchObject({ concerned: 2, changed: 1 });
    expect([await generationOf(one), await generationOf(two)]).toEqual(generations);
    await done(`PATCH /profiles/${profileId}`, { settings: role('new'), reason: 'Rebranded' });
    expect([await generationOf(one), await generationOf(two)]).toEqual([Number(generations[0]) + 1, generations[1]]);
    const { items } = await done(`GET /bots/${one}/revisions`);
    expect(items?.[0]).toMatchObject({ cause: { kind: 'profile', name: 'House' }, reason: 'Rebranded', current: true });
    expect((await done('GET /events?type=bot-reconfigured')).items).toHaveLength(1);
  });

  test('that a bot could not take over is refused whole, and nothing of it stays', async () => {
    const profileId = await newProfile('House', {
      selector: { team: 'a' },
      settings: { openclaw: { messages: { queue: {} } } },
    });
    const fits = await newBot('Fits', { labels: { team: 'a' } });
    await newBot('Clashes', {
      labels: { team: 'a' },
      settings: { openclaw: { messages: { queue: { mode: 'steer' } } } },
    });
    const before = await generationOf(fits);
    const change = { settings: { openclaw: { messages: { queue: 'steer' } } } };
    const preview = (await done('POST /configuration/preview', {
      proposed: { kind: 'profile', profileId, change },
    })) as unknown as Impact;
    expect(preview.refused).toBeGreaterThanOrEqual(1);
    const refused = await asked(`PATCH /profiles/${profileId}`, change);
    expect(refused.status).toBe(422);
    expect(refused.body.issues?.map(({ path, message }) => `${path} ${message}`).join()).toContain(
      'settings.openclaw.messages.queue Clashes: The bot itself says an object where there is a value below',
    );
    expect(await generationOf(fits)).toBe(before);
    expect(await done(`GET /profiles/${profileId}`)).toMatchObject({ version: 1 });
  });

  test('of a profile that bots name is its deletion refused, and of one by labels not', async () => {
    const named = await newProfile('Named', { settings: role('x') });
    const byLabel = await newProfile('By label', { selector: { team: 'a' }, settings: role('y') });
    const botId = await newBot('Ada', { profileIds: [named], labels: { team: 'a' } });
    expect((await asked(`DELETE /profiles/${named}`)).body.detail).toBe(
      'Ada name this profile: take it from them first',
    );
    expect((await asked(`DELETE /profiles/${byLabel}`)).status).toBe(200);
    await done(`PATCH /bots/${botId}`, { profileIds: [] });
    expect((await asked(`DELETE /profiles/${named}`)).status).toBe(200);
    expect(await explained(botId, 'identity.role')).toBeUndefined();
  });
});

const at = (path: string, value: unknown) =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

describe('bad input is refused precisely', () => {
  test.each<[string, unknown, RegExp]>([
    ['an unknown part of a layer', { colour: 'red' }, /Unrecognized key.*colour/],
    [
      'a key that means something to JavaScript',
      { openclaw: { tools: { prototype: { x: 1 } } } },
      /"prototype" at tools cannot be a key/,
    ],
    ['what belongs to Clawster', { openclaw: at('gateway.bind', 'lan') }, /cannot set gateway/],
    ['a model', { openclaw: at('agents.defaults.model.primary', 'x') }, /change the bot’s model instead/],
    [
      'a tool that is closed to bots',
      { openclaw: at('tools.allow', ['exec']) },
      /"exec" is closed to every bot: it runs commands/,
    ],
    ['a tool that nobody knows', { openclaw: at('tools.allow', ['reed']) }, /"reed" is no tool/],
    ['a variable of the environment', { openclaw: at('messages.responsePrefix', '${HOME}') }, /leave it out/],
    ['a secret', { openclaw: at('messages.inbound.apiKey', 'sk-1') }, /looks like a secret/],
    ['a change of a list that is none', { openclaw: at('tools.allow', { $push: ['read'] }) }, /"\$add"/],
    ['too much', { openclaw: { messages: { text: 'x'.repeat(300_000) } } }, /larger than 256 kB/],
    ['too deep', { openclaw: at(`messages.${'a.'.repeat(60)}b`, 1) }, /nested more than 40 deep/],
    ['a personality that OpenClaw would cut', { identity: { personality: 'x'.repeat(9_000) } }, /under 8,000/],
    ['a skill without its digest', { skills: ['triage'] }, /with its digest/],
  ])('%s', async (_, settings, message) => {
    for (const line of ['POST /bots', 'POST /profiles'] as const) {
      const { status, body } = await asked(line, { name: 'Ada', start: false, selector: undefined, settings });
      expect([400, 409, 422]).toContain(status);
      expect(`${body.detail} ${JSON.stringify(body.issues)}`).toMatch(message);
    }
  });

  test('a lock that names no place, and a profile that is not there', async () => {
    expect((await asked('POST /profiles', { name: 'L', settings: {}, locked: ['gateway'] })).body.detail).toContain(
      'cannot be locked',
    );
    const bad = await asked('POST /bots', {
      name: 'A',
      start: false,
      profileIds: ['00000000-0000-4000-8000-00000000000f'],
    });
    expect(bad.body.issues?.[0]).toMatchObject({ path: 'profileIds' });
    expect((await asked('POST /overlays', { name: 'O', settings: {} })).body.issues?.[0]).toMatchObject({
      path: 'selector',
    });
    const over = { name: 'O', settings: {}, selector: { a: 'b' }, expiresAt: '2020-01-01T00:00:00Z' };
    expect((await asked('POST /overlays', over)).body.detail).toContain('ended already');
  });

  test('a bot without any tool, since each of its turns would fail', async () => {
    const { body } = await asked('POST /bots', {
      name: 'A',
      start: false,
      settings: { openclaw: at('tools.allow', []) },
    });
    expect(body.detail).toContain('needs one tool at least');
  });

  test('10 MB are refused at the door', async () => {
    const answer = await asked('POST /profiles', {
      name: 'Big',
      settings: { openclaw: { messages: { text: 'x'.repeat(10_000_000) } } },
    });
    expect(answer.status).toBe(413);
  });
});
