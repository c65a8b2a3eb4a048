import type { BotDrift, DriftedValue } from '@clawster/contract/drift';
import { expect, test } from 'vitest';
import { adoptDrift } from './adopt-drift.ts';

const at = '2026-01-01T00:00:00Z';
const ofDocument = (...changes: DriftedValue[]): BotDrift => ({ at, files: [{ file: 'openclaw.json', changes }] });

test('what was changed becomes the own settings of the bot, beside what they say; what is gone is taken away', () => {
  const settings = { identity: { role: 'x' }, openclaw: { tools: { allow: ['read'] }, messages: { prefix: 'a' } } };
  const drift = ofDocument(
    { path: 'agents.defaults.timeoutSeconds', before: 600, after: 900 },
    { path: 'tools.allow', before: ['read'], after: ['read', 'write'] },
    { path: 'messages.prefix', before: 'a' },
    { path: 'session.resetByType["a.b"]', after: true },
  );
  expect(adoptDrift(settings, drift)).toEqual({
    settings: {
      identity: { role: 'x' },
      openclaw: {
        agents: { defaults: { timeoutSeconds: 900 } },
        tools: { allow: ['read', 'write'] },
        messages: { prefix: null },
        session: { resetByType: { 'a.b': true } },
      },
    },
  });
});

test.each<[string, BotDrift, string]>([
  ['a file the model is told', { at, files: [{ file: 'SOUL.md', changes: [] }] }, 'SOUL.md is written from'],
  ['a secret', ofDocument({ path: 'env.KEY', after: '(secret)', hidden: 'secret' }), 'env.KEY looks like a secret'],
  ['what was cut', ofDocument({ path: 'messages.prefix', after: 'x…', hidden: 'long' }), 'too long to be told'],
  ['a text that is no JSON', ofDocument({ before: '{}', after: '{ // }' }), 'no JSON'],
  ['more than is listed', { at, files: [{ file: 'openclaw.json', changes: [], more: 3 }] }, 'More was changed'],
])('%s is not adopted, with what to do instead', (_, drift, why) =>
  expect(adoptDrift({}, drift)).toEqual({ why: expect.stringContaining(why) }),
);

test('a path that reaches for a prototype reaches none', () => {
  adoptDrift({}, ofDocument({ path: '__proto__.admin', after: true }));
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});
