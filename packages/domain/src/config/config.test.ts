import { BotName, Personality } from '@clawster/contract/bot';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  baseline,
  isDocument,
  openclawDocument,
  secretId,
  whyNotModel,
  withBaseline,
  type Document,
} from './openclaw-document.ts';
import { fileCharactersMax, personalityFiles } from './personality-files.ts';

describe('the OpenClaw document', () => {
  const document = openclawDocument({ botName: 'Ada', provider: 'openai-compatible', model: 'gpt-6' });

  test.each([
    ['listens on loopback alone', 'gateway.bind', 'loopback'],
    ['has no Control UI', 'gateway.controlUi.enabled', false],
    ['asks for its token', 'gateway.auth.mode', 'token'],
    ['takes the token from the resolver', 'gateway.auth.token.id', secretId.gatewayToken],
    ['takes the model key from the resolver', 'models.providers.clawster.apiKey.id', secretId.modelKey],
    ['knows no other model provider', 'models.mode', 'replace'],
    ['calls the model gateway of its supervisor', 'models.providers.clawster.baseUrl', '${clawster:modelUrl}'],
    ['uses its own model', 'agents.defaults.model.primary', 'clawster/gpt-6'],
    ['runs nothing by itself', 'cron.enabled', false],
    ['takes no paid heartbeat turns', 'agents.defaults.heartbeat.every', '0m'],
    ['lets no two people share a conversation', 'session.dmScope', 'per-channel-peer'],
    ['has exactly the tools it was given', 'tools.allow', ['read', 'session_status']],
    ['reads its own workspace alone', 'tools.fs.workspaceOnly', true],
    ['runs no commands', 'tools.exec.mode', 'deny'],
    ['reaches no other agent', 'tools.agentToAgent.enabled', false],
    ['sends no telemetry', 'telemetry.enabled', false],
    ['looks for no updates', 'update.checkOnStart', false],
    ['is not announced on the network', 'discovery.mdns.mode', 'off'],
  ])('%s', (_, path, value) => expect(at(document, path)).toEqual(value));

  test('speaks the dialect of the connector', () => {
    const api = (provider: 'anthropic' | 'openai-compatible' | 'demo') =>
      at(openclawDocument({ botName: 'Ada', provider, model: 'm' }), 'models.providers.clawster.api');
    expect([api('anthropic'), api('openai-compatible'), api('demo')]).toEqual([
      'anthropic-messages',
      'openai-completions',
      'openai-completions',
    ]);
  });

  test('cannot leave the baseline, whatever the spec says', () => {
    const anyFacts = fc.record({
      botName: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/),
      provider: fc.constantFrom('openai-compatible', 'anthropic', 'demo'),
      model: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a/b')),
    }) as fc.Arbitrary<Parameters<typeof openclawDocument>[0]>;
    fc.assert(
      fc.property(anyFacts, (facts) => holds(openclawDocument(facts), baseline)),
      { numRuns: 300 },
    );
  });

  test('cannot be led out of the baseline by any document laid below it', () => {
    const paths = leavesOf(baseline).map(([path]) => path);
    const attack = fc.array(fc.tuple(fc.constantFrom(...paths), fc.integer({ min: 0, max: 3 }), fc.anything()), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(attack, (changes) => {
        const below: Document = {};
        for (const [path, cut, value] of changes) set(below, cut > 0 ? path.slice(0, -cut) : path, value);
        return holds(withBaseline(below), baseline);
      }),
      { numRuns: 300 },
    );
  });

  test('names models that OpenClaw will not fill in', () => {
    expect(whyNotModel('openai/gpt-6:free')).toBeUndefined();
    for (const model of ['${HOME}', 'a b', 'a"b', '$x']) expect(whyNotModel(model)).toContain('not a model');
  });
});

describe('the personality files', () => {
  test('stay below what OpenClaw cuts, for the longest name and personality there are', () => {
    const name = 'A'.repeat(40);
    const personality = 'x'.repeat(8_000);
    expect([BotName.safeParse(name).success, Personality.safeParse(personality).success]).toEqual([true, true]);
    for (const text of Object.values(personalityFiles({ name, personality })))
      expect(text.length).toBeLessThan(fileCharactersMax);
  });

  test('carry the personality word for word, and never are empty', () => {
    expect(personalityFiles({ name: 'Ada', personality: 'Speak in **rhymes**.' })['SOUL.md']).toContain(
      'Speak in **rhymes**.',
    );
    expect(personalityFiles({ name: 'Ada', personality: '  ' })['SOUL.md']).toContain('You are Ada');
    expect(personalityFiles({ name: 'Ada', personality: '' })['IDENTITY.md']).toContain('- Name: Ada');
  });
});

function at(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Document | undefined)?.[key], document);
}

function leavesOf(document: Document, prefix: string[] = []): [string[], unknown][] {
  return Object.entries(document).flatMap(([key, value]) => {
    const path = [...prefix, key];
    return isDocument(value) ? leavesOf(value, path) : [[path, value] as [string[], unknown]];
  });
}

function holds(document: Document, rules: Document): boolean {
  return leavesOf(rules).every(
    ([path, value]) =>
      JSON.stringify(path.reduce<unknown>((inner, key) => (inner as Document)[key], document)) ===
      JSON.stringify(value),
  );
}

function set(document: Document, path: string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    document[key] = value;
    return;
  }
  const inner = isDocument(document[key]) ? document[key] : {};
  document[key] = inner;
  set(inner, rest, value);
}
