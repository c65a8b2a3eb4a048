import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { reloadKindOf } from '@clawster/domain/config/reload-kind';
import { pathsOf } from '@clawster/domain/config/schema/schema-keys';
import { whyInvalid } from '@clawster/domain/config/why-invalid';
import { connectGateway } from '@clawster/gateway/client';
import { readKeptSchema, shippedSchemas } from '@clawster/runtime/schema-files';
import { schemaOf } from '@clawster/runtime/schema-of';
import { testRuntime } from '@clawster/runtime/testing';
import { recommendedVersion as version } from '@clawster/runtime/versions';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRealGateway } from './testing/real-gateway.ts';
import { lookUp } from './testing/reload-lookups.ts';
import { printSchema, runOpenclaw } from './testing/run-openclaw.ts';
import { knownDifferences, verdicts } from './testing/verdict-table.ts';

/** Some fifty starts of OpenClaw, each some seconds on a free machine. */
const timeout = 30 * 60_000;
const { root, reloadKinds } = schemaOf(version);

test('the schema that is kept is the one that the installed OpenClaw prints', { timeout }, async () => {
  const printed = await printSchema(await testRuntime(version));
  // Megabytes of difference would help nobody.
  expect(isDeepStrictEqual(readKeptSchema(shippedSchemas, version)?.schema, printed)).toBe(true);
});

describe('what a change brings about is kept as a running gateway says it', { timeout }, () => {
  let gateway: Awaited<ReturnType<typeof startRealGateway>>;
  beforeAll(async () => {
    gateway = await startRealGateway();
  }, timeout);
  afterAll(() => gateway?.stop());

  test('for paths from all over the document, and for each prefix that is kept', async () => {
    const client = await connectGateway(gateway);
    const asked = [...sample(pathsOf(root), 45), ...Object.keys(reloadKinds).map((path) => path.split('.'))];
    const said = new Map<string, [string | undefined, string]>();
    for (const keys of asked) {
      const told = await lookUp(client, keys);
      if (told) said.set(keys.join('.'), [told.reloadKind, reloadKindOf(keys, reloadKinds)]);
    }
    client.close();
    expect(said.size).toBeGreaterThan(120);
    expect([...said].filter(([, [theirs, ours]]) => theirs !== ours)).toEqual([]);
    expect(new Set([...said.values()].map(([theirs]) => theirs))).toEqual(new Set(['none', 'hot', 'restart']));
  });
});

/** Evenly spread, and the same each time. */
function sample<Item>(items: Item[], count: number): Item[] {
  return items.filter((_, index) => index % Math.ceil(items.length / count) === 1);
}

describe('our judgement of a document and that of openclaw config validate', { timeout }, () => {
  const documents = [...verdicts, ...knownDifferences].map(({ document }) => document);
  let theirs: Judgement[];
  beforeAll(async () => {
    theirs = await judgeAll(documents);
  }, timeout);

  test.each(verdicts.map((verdict, index) => ({ ...verdict, index })))('are the same: $what', (verdict) => {
    const ours = whyInvalid(verdict.document, schemaOf(version));
    const { valid, paths } = theirs[verdict.index] as Judgement;
    expect(valid).toBe(verdict.path === undefined);
    expect(ours[0]?.path).toBe(verdict.path);
    // OpenClaw names the object that holds an unknown key, and a union as a whole.
    expect(paths.every((path) => path === '<root>' || verdict.path?.startsWith(path))).toBe(true);
  });

  test.each(knownDifferences.map((known, index) => ({ ...known, index })))('are known to differ: $what', (known) => {
    const ours = whyInvalid(known.document, schemaOf(version));
    const { valid, paths } = theirs[verdicts.length + known.index] as Judgement;
    expect(valid).toBe(known.openclawTakesIt);
    expect(known.openclawTakesIt ? ours.map(({ path }) => path) : paths).toEqual([known.path]);
    if (!known.openclawTakesIt) expect(ours).toEqual([]);
  });
});

type Judgement = { valid: boolean; paths: string[] };

/** Two at a time: each is a Node of some hundred megabytes. */
async function judgeAll(documents: object[]): Promise<Judgement[]> {
  const runtime = await testRuntime(version);
  const directory = await mkdtemp(join(tmpdir(), 'clawster-verdicts-'));
  const judged: Judgement[] = [];
  const queue = [...documents.entries()];
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, document] = next;
      const file = join(directory, `${index}.json`);
      await writeFile(file, JSON.stringify(document));
      const { stdout } = await runOpenclaw(runtime, ['config', 'validate', '--json'], { OPENCLAW_CONFIG_PATH: file });
      const said = JSON.parse(stdout) as { valid: boolean; issues?: { path: string }[] };
      judged[index] = { valid: said.valid, paths: (said.issues ?? []).map(({ path }) => path) };
    }
  };
  try {
    await Promise.all([work(), work()]);
    return judged;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
