import { BotName } from '@clawster/contract/bot';
import type { Document, Json } from '@clawster/contract/document';
import { Goal, Personality, Role, Style } from '@clawster/contract/settings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { baseline, closedTools, secretId, whyNotModel } from './baseline.ts';
import { type BotFacts, effectiveOf } from './effective.ts';
import { fileCharactersMax, identityFiles, whyTooLong } from './identity-files.ts';
import { isObject, type Layer } from './merge.ts';

const profile = (settings: Document, more: Partial<Layer> = {}): Layer => ({
  ref: { kind: 'profile', name: 'house' },
  settings,
  ...more,
});
const ada: BotFacts = { name: 'Ada', provider: 'openai-compatible', model: 'gpt-6' };

describe('the OpenClaw document', () => {
  const { document } = effectiveOf(ada);

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
      at(effectiveOf({ name: 'Ada', provider, model: 'm' }).document, 'models.providers.clawster.api');
    expect([api('anthropic'), api('openai-compatible'), api('demo')]).toEqual([
      'anthropic-messages',
      'openai-completions',
      'openai-completions',
    ]);
  });

  test('cannot leave the baseline, whatever the spec says', () => {
    const anyFacts = fc.record({
      name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,20}$/),
      provider: fc.constantFrom('openai-compatible', 'anthropic', 'demo'),
      model: fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'a/b')),
    }) as fc.Arbitrary<BotFacts>;
    fc.assert(
      fc.property(anyFacts, (facts) => holds(effectiveOf(facts).document, baseline)),
      { numRuns: 300 },
    );
  });

  test('cannot be led out of the baseline by any document laid below it', () => {
    const paths = leavesOf(baseline).map(([path]) => path);
    const attack = fc.array(
      fc.tuple(fc.constantFrom(...paths), fc.integer({ min: 0, max: 3 }), fc.jsonValue() as fc.Arbitrary<Json>),
      {
        maxLength: 6,
      },
    );
    fc.assert(
      fc.property(attack, (changes) => {
        const below: Document = {};
        for (const [path, cut, value] of changes) set(below, cut > 0 ? path.slice(0, -cut) : path, value);
        const { document } = effectiveOf(ada, [profile({ openclaw: below }, { locked: ['openclaw'] })]);
        return holds(document, baseline) && isClosed(document);
      }),
      { numRuns: 300 },
    );
  });

  test('names models that OpenClaw will not fill in', () => {
    expect(whyNotModel('openai/gpt-6:free')).toBeUndefined();
    for (const model of ['${HOME}', 'a b', 'a"b', '$x']) expect(whyNotModel(model)).toContain('not a model');
  });
});

describe('the files of an identity', () => {
  test('stay below what OpenClaw cuts, for the longest name and personality there are', () => {
    const name = 'A'.repeat(40);
    const personality = 'x'.repeat(8_000);
    expect([BotName.safeParse(name).success, Personality.safeParse(personality).success]).toEqual([true, true]);
    const files = identityFiles({ name, personality });
    expect(whyTooLong(files)).toEqual([]);
    for (const text of Object.values(files)) expect(text.length).toBeLessThan(fileCharactersMax);
  });

  test('are told to be too long before OpenClaw cuts them', () => {
    const goals = Array.from({ length: 20 }, () => Goal.parse({ goal: 'g'.repeat(300), measure: 'm'.repeat(300) }));
    const [personality, style] = ['p'.repeat(8_000), Style.parse('s'.repeat(1_500))];
    const { issues } = effectiveOf(ada, [profile({ identity: { role: Role.parse('r'), personality, style, goals } })]);
    expect(issues.map(({ message }) => message)).toEqual([
      expect.stringContaining('personality and style come to 9,5'),
      expect.stringContaining('role and goals come to 1'),
    ]);
  });

  test('carry personality, style, role, goals and measures word for word, and never are empty', () => {
    const identity = {
      personality: 'Speak in **rhymes**.',
      style: 'Never shout.',
      role: 'Answers customers.',
      goals: [{ goal: 'Answer all', measure: 'none waits a day' }, { goal: 'Be kind' }] as Json[],
      emoji: '🦊',
    };
    const { files } = effectiveOf(ada, [profile({ identity })]);
    expect(files['SOUL.md']).toBe('# Soul\n\nSpeak in **rhymes**.\n\n## How you speak\n\nNever shout.\n');
    expect(files['IDENTITY.md']).toBe('# Identity\n\n- Name: Ada\n- Emoji: 🦊\n');
    expect(files['AGENTS.md']).toContain(
      '# Your role\n\nAnswers customers.\n\n# Your goals\n\n1. Answer all\n   Reached when: none waits a day\n2. Be kind\n\n# How Ada works',
    );
    for (const personality of ['  ', ''])
      expect(effectiveOf(ada, [profile({ identity: { personality } })]).files['SOUL.md']).toContain('You are Ada');
  });
});

describe('the tools of a bot', () => {
  const allowing = (allow: string[]) => effectiveOf(ada, [profile({ openclaw: { tools: { allow } } })]);

  test('are those its layers allow, and the closed ones stay closed', () => {
    const { document } = allowing(['write', 'exec']);
    expect(at(document, 'tools.allow')).toEqual(['write', 'exec']);
    expect(at(document, 'tools.deny')).toEqual(expect.arrayContaining(closedTools));
  });

  test('a guarded one is closed until a layer names it', () => {
    expect(at(allowing(['read']).document, 'tools')).toMatchObject({
      deny: expect.arrayContaining(['web_fetch']),
      web: { fetch: { enabled: false } },
    });
    const { document } = allowing(['read', 'web_fetch']);
    expect(at(document, 'tools.deny')).not.toContain('web_fetch');
    expect(at(document, 'tools.web.fetch.enabled')).toBe(true);
  });

  test('a denial of a layer stays beside those of the baseline', () => {
    const { document } = effectiveOf(ada, [profile({ openclaw: { tools: { deny: ['read'] } } })]);
    expect(at(document, 'tools.deny')).toEqual(['read', ...closedTools, 'web_fetch']);
  });

  test('none at all is refused, since every turn would fail', () => {
    expect(allowing([]).issues).toMatchObject([{ path: 'openclaw.tools.allow' }]);
  });
});

function at(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Document | undefined)?.[key], document);
}

function leavesOf(document: Document, prefix: string[] = []): [string[], unknown][] {
  return Object.entries(document).flatMap(([key, value]) => {
    const path = [...prefix, key];
    return isObject(value) ? leavesOf(value, path) : [[path, value] as [string[], unknown]];
  });
}

/** A denied tool stays denied, and the web is closed unless it was given. */
function isClosed(document: Document): boolean {
  const { deny, allow } = document['tools'] as { deny: Json[]; allow?: Json };
  const hasWeb = Array.isArray(allow) && allow.includes('web_fetch');
  return closedTools.every((tool) => deny.includes(tool)) && at(document, 'tools.web.fetch.enabled') === hasWeb;
}

function holds(document: Document, rules: Document): boolean {
  return leavesOf(rules).every(
    ([path, value]) =>
      JSON.stringify(path.reduce<unknown>((inner, key) => (inner as Document)[key], document)) ===
      JSON.stringify(value),
  );
}

function set(document: Document, path: string[], value: Json): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    document[key] = value;
    return;
  }
  const inner = isObject(document[key]) ? document[key] : {};
  document[key] = inner;
  set(inner, rest, value);
}
