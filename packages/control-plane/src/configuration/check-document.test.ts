import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import { withHostExamples } from '@clawster/domain/config/host-values';
import { effectiveOf } from '@clawster/domain/config/effective';
import { judge } from '@clawster/domain/config/schema/judge';
import { unknownRules } from '@clawster/domain/config/schema/unknown-rules';
import { schemaOf } from '@clawster/runtime/schema-of';
import { recommendedVersion, testedVersions } from '@clawster/runtime/versions';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkDocument } from './check-document.ts';

const { document: bot } = effectiveOf({ name: 'Ada', provider: 'anthropic', model: 'claude' });

describe.each(testedVersions)('with the schema of %s', (version) => {
  test('the document that every bot gets is valid', () => {
    expect(checkDocument(bot, version)).toEqual([]);
    expect(checkDocument(effectiveOf({ name: '🦊', provider: 'demo', model: 'demo' }).document, version)).toEqual([]);
  });

  test('no rule of it is passed over', () => {
    expect(unknownRules(schemaOf(version).root)).toEqual([]);
  });

  test('an unknown key is named with the nearest known one', () => {
    expect(checkDocument({ agents: { defaults: { modle: 'a/b' } } }, version)).toEqual([
      {
        path: 'agents.defaults.modle',
        message: `OpenClaw ${version} knows no such key. Did you mean "model"?`,
        code: 'unknown-key',
        nearest: 'model',
      },
    ]);
  });

  test.each([
    ['of 10 MB with one text', { logging: { file: 'x'.repeat(9_000_000), level: 'noisy' } }, 'logging.level'],
    ['of 10 MB with many agents', manyAgents(60_000), 'agents.entries.last.modle'],
    [
      'of 10 MB that is wrong throughout',
      { tools: { allow: Array.from({ length: 1_000_000 }, () => 12_345) } },
      'tools.allow.0',
    ],
    [
      'that would keep a pattern busy for days',
      wakeNames(' '.repeat(9_000_000)),
      'channels.discord.voice.realtime.wakeNames.0',
    ],
    [
      'that would do so often',
      wakeNames(...Array.from({ length: 9_000 }, () => ' '.repeat(1_000))),
      'channels.discord.voice.realtime.wakeNames.0',
    ],
  ])('a document %s is judged', (_, document, path) => {
    expect(checkDocument(document, version)[0]).toMatchObject({ path });
  });
});

test('a version that nobody knows is said so', () => {
  expect(() => checkDocument({}, '1999.1.1')).toThrow(/keeps no configuration schema of OpenClaw 1999\.1\.1/);
});

function wakeNames(...names: string[]) {
  return { channels: { discord: { voice: { realtime: { wakeNames: names } } } } };
}

/** As a merge would make them, with a slip in the last. */
function manyAgents(count: number) {
  const one = {
    model: { primary: 'openai/gpt-5.4', fallbacks: ['anthropic/claude'] },
    skills: ['a', 'b'],
    identity: { name: 'Ada' },
  };
  const entries: Record<string, unknown> = {};
  for (let index = 0; index < count; index++) entries[`agent-${index}`] = one;
  return { agents: { entries: { ...entries, last: { modle: 'x' } } } };
}

describe('our judgement and that of ajv, which follows the standard', () => {
  const sections = [...Object.keys(bot), 'mcp', 'ui', 'hooks'];
  const root = schemaOf(recommendedVersion).root;
  const pick = (schema: JsonSchema | undefined, keys: string[]): JsonSchema => ({
    ...schema,
    properties: Object.fromEntries(keys.map((key) => [key, schema?.properties?.[key] ?? {}])),
  });
  // Not the whole: ajv takes seconds to compile it, which is why the product does not use it.
  const part = pick(root, [...sections, 'channels']);
  const entries = root.properties?.['plugins']?.properties?.['entries'];
  const schema: JsonSchema = {
    ...part,
    properties: {
      ...part.properties,
      channels: pick(root.properties?.['channels'], ['telegram']),
      plugins: {
        type: 'object',
        properties: { entries: pick(entries, ['onepassword', 'memory-wiki', 'session-share']) },
      },
    },
  };
  const ajv = new Ajv({ strict: false, formats: { uri: (text: string) => URL.canParse(text) }, logger: false });
  for (const remark of ['email', 'date-time', 'starts_with']) ajv.addFormat(remark, true);
  const isValid = ajv.compile(withoutDefaulted(schema));

  const sample = {
    ...(withHostExamples(bot).filled as object),
    channels: {
      telegram: { botToken: 'x', dmPolicy: 'pairing', groups: { '*': { requireMention: true } }, accounts: { a: {} } },
    },
    ui: { prefs: { accent: 'theme' } },
    mcp: { servers: { files: { command: 'x', args: ['y'], env: { A: 'b' } } } },
    hooks: { enabled: true, token: 'x', mappings: [{ match: { path: 'a' }, action: 'agent' }] },
    plugins: {
      entries: {
        onepassword: { enabled: true, config: {} },
        'memory-wiki': { config: { vaultMode: 'isolated', vault: { scope: 'agent' }, obsidian: {} } },
        'session-share': { config: { share: { groups: ['a'] } } },
      },
    },
  };
  const places = placesIn(sample);
  const words = fc.constantFrom(
    'x',
    '',
    'exec',
    'env',
    'loopback',
    'theme',
    'local',
    'token',
    'always',
    'https://a.example',
  );
  const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), words, fc.integer({ min: -5, max: 70_000 }));
  const key = fc.oneof(
    fc.constantFrom('id', 'enabled', 'model', 'source', 'mode', 'type', 'vault', 'items', 'x'),
    fc.string(),
  );

  test('are the same for a valid document', () => {
    expect(judge(schema, { value: sample, keys: [] }).map(({ keys, rule }) => [...keys, rule])).toEqual([]);
    expect(isValid(sample)).toBe(true);
  });

  test('are the same for a document with a value replaced, taken away or added', () => {
    const verdicts = { kept: 0, broken: 0 };
    const change = fc.record({
      place: fc.constantFrom(...places),
      key,
      value,
      how: fc.constantFrom('replace', 'remove', 'add'),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const document = structuredClone(sample);
        for (const { place, how, ...what } of changes)
          apply(document, { keys: how === 'add' ? [...place, what.key] : place, how, value: what.value });
        const ours = judge(schema, { value: document, keys: [] }).length === 0;
        expect(ours).toBe(isValid(document));
        verdicts[ours ? 'kept' : 'broken']++;
      }),
      { numRuns: 4_000 },
    );
    // Without both, nothing would have been compared.
    expect(Math.min(verdicts.kept, verdicts.broken)).toBeGreaterThan(200);
  });
});

/** OpenClaw fills defaults in before it judges; ajv is told by leaving them out of what is required. */
function withoutDefaulted(schema: unknown): Record<string, unknown> {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const { required, properties } = node as JsonSchema;
    const walked = Object.fromEntries(Object.entries(node).map(([word, inner]) => [word, walk(inner)]));
    if (!Array.isArray(required)) return walked;
    const left = (required as string[]).filter((one) => !('default' in (properties?.[one] ?? {})));
    return { ...walked, required: left };
  };
  return walk(schema) as Record<string, unknown>;
}

function placesIn(value: unknown, keys: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [keys];
  return [keys, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...keys, key]))].filter(
    (place) => place.length > 0,
  );
}

function apply(document: object, { keys, how, value }: { keys: string[]; how: string; value: unknown }): void {
  let holder: unknown = document;
  for (const key of keys.slice(0, -1)) holder = (holder as Record<string, unknown> | undefined)?.[key];
  if (typeof holder !== 'object' || holder === null) return;
  const last = keys.at(-1) as string;
  // JSON has no lists with holes.
  if (Array.isArray(holder) && !(/^\d$/.test(last) && Number(last) <= holder.length)) return;
  if (how === 'remove' && !Array.isArray(holder)) Reflect.deleteProperty(holder, last);
  else Object.defineProperty(holder, last, { value, enumerable: true, configurable: true, writable: true });
}
