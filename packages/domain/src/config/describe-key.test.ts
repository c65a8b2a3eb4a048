import type { OpenclawSchema } from '@clawster/contract/openclaw-schema';
import { expect, test } from 'vitest';
import { describeKey, keysUnder } from './describe-key.ts';
import { pathsOf } from './schema/schema-keys.ts';

const schema: OpenclawSchema = {
  version: '2026.9.6',
  root: {
    type: 'object',
    properties: {
      gateway: {
        type: 'object',
        properties: {
          bind: {
            title: 'Bind',
            description: 'Where it listens.',
            default: 'auto',
            anyOf: [
              { type: 'string', const: 'auto' },
              { type: 'string', enum: ['lan', 'auto'] },
            ],
          },
        },
      },
      model: { anyOf: [{ type: 'string' }, { type: 'object', properties: { primary: { type: 'string' } } }] },
      entries: {
        type: 'object',
        additionalProperties: { type: 'object', properties: { id: { type: ['integer', 'null'] } } },
        properties: { main: { type: 'object', description: 'The first.' } },
      },
      list: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
      anything: {},
    },
  },
  reloadKinds: { gateway: 'restart', model: 'hot', entries: 'none' },
};

test('a key is described by its words, its default and what a change brings about', () => {
  expect(describeKey(['gateway', 'bind'], schema)).toEqual({
    path: 'gateway.bind',
    type: 'text',
    types: ['string'],
    title: 'Bind',
    description: 'Where it listens.',
    enum: ['auto', 'lan'],
    default: 'auto',
    reloadKind: 'restart',
  });
});

test.each([
  ['model', 'text or object', 'hot'],
  ['model.primary', 'text', 'hot'],
  ['entries.main', 'object', 'none'],
  ['entries.other.id', 'whole number or null', 'none'],
  ['entries.*.id', 'whole number or null', 'none'],
  ['list.0.name', 'text', 'restart'],
  ['anything', '', 'restart'],
])('%s is %s', (path, type, reloadKind) => {
  expect(describeKey(path.split('.'), schema)).toMatchObject({ path, type, reloadKind });
});

test.each(['gatway', 'gateway.bind.deeper', 'toString', 'entries.main.id', 'list.0.nam'])('%s is no key', (path) => {
  expect(describeKey(path.split('.'), schema)).toBeUndefined();
  expect(keysUnder(path.split('.'), schema)).toEqual([]);
});

test('the keys under a path are told in order, that which is free last', () => {
  const under = (...keys: string[]) => keysUnder(keys, schema).map(({ path }) => path);
  expect(under()).toEqual(['gateway', 'model', 'entries', 'list', 'anything']);
  expect(under('model')).toEqual(['model.primary']);
  expect(under('entries')).toEqual(['entries.main', 'entries.*']);
  expect(under('list')).toEqual(['list.*']);
  expect(under('gateway', 'bind')).toEqual([]);
});

test('every path of a schema is described', () => {
  const paths = pathsOf(schema.root);
  expect(paths).toHaveLength(13);
  expect(paths.filter((keys) => !describeKey(keys, schema))).toEqual([]);
});
