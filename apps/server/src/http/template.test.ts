import { builtInTemplates } from '@clawster/domain/template/built-in';
import { sampleAnswers } from '@clawster/domain/template/fill';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { asking, type Credential } from './test-people.ts';

let app: TestApp;
let as: Credential;
beforeAll(async () => {
  app = await testApp();
});
beforeEach(async () => {
  as = { cookie: await app.cookieOf(await app.newWorkspace(), 'owner') };
});
afterAll(() => app.close());

const { asked, done } = asking(() => ({ app, as }));
const filesOf = async (botId: unknown) =>
  (await done(`GET /bots/${String(botId)}/configuration`))['files'] as Record<string, string>;

const content = {
  variables: [
    { name: 'company', label: 'Company' },
    { name: 'title', label: 'Title', default: 'the help desk of {{company}}' },
    { name: 'minutes', label: 'Minutes', kind: 'number', default: 10 },
  ],
  settings: {
    identity: { role: 'You are {{title}}.' },
    openclaw: { agents: { defaults: { timeoutSeconds: '{{minutes}}' } } },
  },
};

test('a bot is made from a template with its answers, and holds on to its version until it is upgraded', async () => {
  const template = await done('POST /templates', { name: 'Desk', summary: 'Helps', content });
  const bot = await done('POST /bots', {
    name: 'Ada',
    start: false,
    template: { id: template['id'], variables: { company: 'Acme' } },
  });
  expect((await filesOf(bot['id']))['AGENTS.md']).toContain('You are the help desk of Acme.');
  expect(await done(`GET /bots/${String(bot['id'])}/configuration`)).toMatchObject({
    document: { agents: { defaults: { timeoutSeconds: 10 } } },
  });
  const next = {
    ...content,
    variables: content.variables.slice(0, 2),
    settings: { identity: { role: 'V2 for {{company}}' } },
  };
  await done(`PATCH /templates/${String(template['id'])}`, { content: next, note: 'Shorter' });
  expect((await done('GET /templates')).items?.[0]).toMatchObject({
    name: 'Desk',
    version: 2,
    botCount: 1,
    outdatedCount: 1,
  });
  const madeBefore = async (version: number) =>
    (await done(`GET /bots?templateId=${String(template['id'])}&templateBefore=${version}`)).items?.map(({ id }) => id);
  expect([await madeBefore(2), await madeBefore(1)]).toEqual([[bot['id']], []]);
  expect((await filesOf(bot['id']))['AGENTS.md']).toContain('help desk of Acme');
  const upgrade = { template: { id: template['id'], version: 2 } };
  const proposed = { kind: 'bot', botId: bot['id'], change: upgrade };
  expect(await done('POST /configuration/preview', { proposed })).toMatchObject({ changed: 1 });
  await done(`PATCH /bots/${String(bot['id'])}`, upgrade);
  expect((await filesOf(bot['id']))['AGENTS.md']).toContain('V2 for Acme');
  expect((await done('GET /templates')).items?.[0]).toMatchObject({ outdatedCount: 0 });
  const shown = await done(`GET /templates/${String(template['id'])}?version=1`);
  expect(shown).toMatchObject({ shownVersion: 1, version: 2, content: { variables: [{ name: 'company' }, {}, {}] } });
  expect(shown['versions']).toMatchObject([{ version: 2, note: 'Shorter' }, { version: 1 }]);
  await done(`DELETE /templates/${String(template['id'])}`);
  expect((await filesOf(bot['id']))['AGENTS.md']).toContain('V2 for Acme');
  const more = await asked('POST /bots', { name: 'Bea', start: false, template: { id: template['id'] } });
  expect([more.status, more.body.detail]).toEqual([404, 'There is no such template in this workspace']);
});

test.each<[string, Record<string, unknown>, string]>([
  ['an answer that is missing', {}, 'Company: the template needs an answer'],
  ['an answer of another kind', { company: 'A', minutes: 'ten' }, 'Minutes: answer with a number'],
  ['an answer to what nobody asked', { company: 'A', colour: 'red' }, 'The template asks for no "colour"'],
])('%s is refused', async (_, variables, message) => {
  const template = await done('POST /templates', { name: 'Desk', content });
  const { status, body } = await asked('POST /bots', {
    name: 'Ada',
    start: false,
    template: { id: template['id'], variables },
  });
  expect(status).toBe(422);
  expect(`${body.detail} ${JSON.stringify(body.issues)}`).toContain(message.replaceAll('"', '"'));
});

test('what is put into a template stays text, whatever it looks like', async () => {
  const template = await done('POST /templates', { name: 'Desk', content });
  const company = '{{title}} ${HOME} </script>';
  const bot = await done('POST /bots', {
    name: 'Ada',
    start: false,
    template: { id: template['id'], variables: { company } },
  });
  expect((await filesOf(bot['id']))['AGENTS.md']).toContain(`You are the help desk of ${company}.`);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'variables that lead back to themselves',
    {
      variables: [
        { name: 'a', label: 'A', default: '{{b}}' },
        { name: 'b', label: 'B', default: 'x {{a}}' },
      ],
      settings: {},
    },
    'a → b → a: defaults that lead back to themselves have no value',
  ],
  ['a variable nobody asks for', { settings: { identity: { role: '{{who}}' } } }, '{{who}} is used and not among'],
  [
    'two variables of one name',
    {
      variables: [
        { name: 'a', label: 'A' },
        { name: 'a', label: 'B' },
      ],
      settings: {},
    },
    'There are two variables named a',
  ],
  [
    'a choice without choices',
    { variables: [{ name: 'a', label: 'A', kind: 'choice' }], settings: {} },
    'say what can be chosen',
  ],
  ['a setting that no layer may say', { settings: { openclaw: { gateway: { port: 1 } } } }, 'cannot set gateway'],
  ['an unknown part', { settings: { colour: 'red' } }, 'Unrecognized key'],
])('a template with %s is refused', async (_, bad, message) => {
  const { status, body } = await asked('POST /templates', { name: 'Bad', content: bad });
  expect(status).toBe(400);
  expect(body.detail).toContain(message);
});

test.each(builtInTemplates)(
  'a bot is made from the built-in $id as it is, in any workspace',
  async ({ id, version, content }) => {
    const shown = await done(`GET /templates/${id}`);
    expect(shown).toMatchObject({ builtIn: true, version, shownVersion: version });
    const bot = await done('POST /bots', {
      name: 'Ada',
      start: false,
      template: { id, variables: sampleAnswers(content) },
    });
    const configuration = await done(`GET /bots/${String(bot['id'])}/configuration`);
    expect(configuration['issues']).toEqual([]);
    expect((configuration['layers'] as { kind: string }[])[0]).toMatchObject({ kind: 'template', id, version });
    expect((await done('GET /templates')).items?.find((one) => one['id'] === id)).toMatchObject({ botCount: 1 });
    const changed = await asked(`PATCH /templates/${id}`, { name: 'Mine' });
    expect([changed.status, changed.body.detail]).toEqual([422, expect.stringContaining('make your own from it')]);
  },
);

test('any bot can be saved as a template, and another made from that is the same', async () => {
  await done('POST /profiles', { name: 'House', selector: { team: 'a' }, settings: { identity: { style: 'Short.' } } });
  const bot = await done('POST /bots', {
    name: 'Ada',
    start: false,
    labels: { team: 'a' },
    personality: 'Kind.',
    settings: {
      identity: { role: 'Helps', goals: [{ goal: 'Answer all' }] },
      openclaw: { tools: { allow: { $add: ['ls'] } } },
    },
  });
  const template = await done(`POST /bots/${String(bot['id'])}/template`, { name: 'From Ada' });
  await done(`DELETE /bots/${String(bot['id'])}?keepStateDays=0`);
  const twin = await done('POST /bots', { name: 'Bea', start: false, template: { id: template['id'] } });
  const files = await filesOf(twin['id']);
  expect(files['SOUL.md']).toContain('Kind.\n\n## How you speak\n\nShort.');
  expect(files['AGENTS.md']).toContain('1. Answer all');
  expect(await done(`GET /bots/${String(twin['id'])}/configuration`)).toMatchObject({
    document: { tools: { allow: ['read', 'session_status', 'ls'] } },
  });
});
