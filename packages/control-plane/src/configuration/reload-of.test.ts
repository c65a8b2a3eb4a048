import { effectiveOf } from '@clawster/domain/config/effective';
import { recommendedVersion as version } from '@clawster/runtime/versions';
import { expect, test } from 'vitest';
import { reloadKindOf, reloadOf } from './reload-of.ts';

const { document: before } = effectiveOf({ name: 'Ada', provider: 'demo', model: 'demo' });

test('another model is applied while the bot runs', () => {
  const after = effectiveOf({ name: 'Ada', provider: 'demo', model: 'other' }).document;
  expect(reloadOf(before, after, version)).toEqual({
    kind: 'hot',
    paths: [
      { path: 'agents.defaults.model.primary', kind: 'hot' },
      { path: 'models.providers.clawster.models', kind: 'hot' },
    ],
  });
});

test('where the gateway listens takes a restart, which the rest of the change then takes too', () => {
  const after = { ...before, gateway: { ...(before['gateway'] as object), bind: 'lan' }, logging: {} };
  const reload = reloadOf(before, after, version);
  expect(reload.kind).toBe('restart');
  expect(reload.paths).toContainEqual({ path: 'gateway.bind', kind: 'restart' });
  expect(reload.paths).toContainEqual({ path: 'logging.file', kind: 'none' });
});

test('the same document brings about nothing', () => {
  expect(reloadOf(before, structuredClone(before), version)).toEqual({ kind: 'none', paths: [] });
});

test.each([
  ['tools.exec.mode', 'hot'],
  ['agents.entries["ada.b"].model', 'hot'],
  ['gateway.auth.mode', 'restart'],
  ['session.dmScope', 'none'],
  ['no such path', 'restart'],
  ['..', 'restart'],
])('%s brings about: %s', (path, kind) => {
  expect(reloadKindOf(path, version)).toBe(kind);
});
