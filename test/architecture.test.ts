import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Which of our packages each may import: the table of docs/architecture.md. `tests` are for its tests alone. */
const allowed: Record<string, { ours: string[]; tests?: string[]; never?: RegExp }> = {
  contract: { ours: [] },
  link: { ours: [] },
  outward: { ours: [] },
  target: { ours: [] },
  domain: { ours: ['contract', 'target'], never: /^node:/ },
  client: { ours: ['contract'] },
  database: { ours: [], never: /^@nestjs/ },
  gateway: { ours: ['contract'], tests: ['runtime'] },
  runtime: { ours: ['contract'] },
  'control-plane': {
    ours: ['contract', 'domain', 'database', 'target', 'link', 'outward', 'runtime'],
    tests: ['target-stand-in'],
    never: /^(@nestjs\/|fastify$)/,
  },
  'target-docker': { ours: ['target'] },
  'target-process': { ours: ['target'] },
  'target-stand-in': { ours: ['target'] },
  'target-built-in': { ours: ['target', 'target-docker', 'target-process', 'target-stand-in'] },
  server: {
    ours: ['contract', 'control-plane', 'database', 'domain', 'link', 'runtime', 'target', 'target-built-in'],
    tests: ['client', 'gateway', 'outward'],
    never: /^(pg|kysely)$/,
  },
  supervisor: { ours: ['link', 'gateway', 'outward', 'runtime'], tests: ['contract', 'domain'] },
  egress: { ours: ['domain', 'outward', 'target'] },
  dashboard: { ours: ['client', 'contract', 'domain'] },
  cli: { ours: ['client', 'contract', 'domain'] },
};

/** Words that mean one of our nouns but are not its name (docs/architecture.md). */
const synonyms = [
  'botInstance',
  'botAgent',
  'BotNode',
  'tenantId',
  'organizationId',
  'orgId',
  'hostTarget',
  'llmProvider',
];

type Import = { from: string; isType: boolean };
type Source = { path: string; text: string; imports: Import[]; isTest: boolean };

/** What the workspace itself brings for the tests of all packages. */
const toolsOfTests = Object.keys(
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest).devDependencies ?? {},
);

const folders = globSync('{packages,targets,apps}/*/package.json', { cwd: root }).map((path) => dirname(path));
const packages = folders.map((folder) => {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  return { folder, manifest, name: manifest.name.replace('@clawster/', ''), sources: sourcesIn(folder) };
});
type Manifest = {
  name: string;
  private: boolean;
  license: string;
  type: string;
  exports?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
};

function sourcesIn(folder: string): Source[] {
  const paths = globSync(`${folder}/**/*.{ts,tsx}`, {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist|\.next)$/.test(path),
  });
  return paths
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return {
        path,
        text,
        imports: importsOf(text),
        isTest: /(\.test\.tsx?|\/testing(\.ts|\/.*)|\/test\/.*|stand-in\/.*|conformance.*\.ts)$/.test(path),
      };
    });
}

function importsOf(text: string): Import[] {
  const statements = [...text.matchAll(/^(?:import|export)\s(type\s)?[^;'"]*?from\s+['"]([^'"]+)['"]/gm)];
  const bare = [...text.matchAll(/^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm)];
  return [
    ...statements.map((match) => ({ from: match[2] as string, isType: match[1] !== undefined })),
    ...bare.map((match) => ({ from: (match[1] ?? match[2]) as string, isType: false })),
  ];
}

const ours = (name: string) => (name.startsWith('@clawster/') ? name.split('/')[1] : undefined);
const packageOf = (from: string) =>
  (from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0]) as string;
const isOutside = (from: string) =>
  !from.startsWith('.') && !from.startsWith('node:') && !from.startsWith('#') && !from.startsWith('@/');

test('every package has a line in the table', () => {
  expect(packages.map(({ name }) => name).sort()).toEqual(Object.keys(allowed).sort());
});

describe.each(packages)('$name', ({ name, folder, manifest, sources }) => {
  const rule = allowed[name] ?? { ours: [] };

  test('is ESM, private, MIT, and exports its files one by one', () => {
    expect(manifest).toMatchObject({ private: true, type: 'module', license: 'MIT' });
    if (folder.startsWith('packages/')) expect(manifest.exports).toMatchObject({ './*': './src/*.ts' });
  });

  test('depends on no package of ours beyond the table', () => {
    const runtime = Object.keys(manifest.dependencies ?? {})
      .map(ours)
      .filter((one) => one !== undefined);
    const development = Object.keys(manifest.devDependencies ?? {})
      .map(ours)
      .filter((one) => one !== undefined);
    expect(runtime.filter((one) => !rule.ours.includes(one))).toEqual([]);
    expect(development.filter((one) => ![...rule.ours, ...(rule.tests ?? [])].includes(one))).toEqual([]);
  });

  test('imports nothing of ours beyond the table, and nothing that is forbidden to it', () => {
    const wrong = sources.flatMap(({ path, imports, isTest }) => {
      const may = isTest ? [...rule.ours, ...(rule.tests ?? []), name] : rule.ours;
      return imports
        .filter(
          ({ from }) =>
            (ours(from) !== undefined && !may.includes(ours(from) as string)) || (!isTest && rule.never?.test(from)),
        )
        .map(({ from }) => `${path} imports ${from}`);
    });
    expect(wrong).toEqual([]);
  });

  test('imports only what its package.json names', () => {
    const named = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    const wrong = sources.flatMap(({ path, imports, isTest }) => {
      const may = [...named, manifest.name, ...(isTest ? toolsOfTests : [])];
      return imports
        .filter(({ from }) => isOutside(from) && !may.includes(packageOf(from)))
        .map(({ from }) => `${path} imports ${from}`);
    });
    expect(wrong).toEqual([]);
  });

  test('crosses into other packages by name, never by path', () => {
    const depth = (path: string) => dirname(path).split('/').length - folder.split('/').length;
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => from.startsWith('..') && (from.match(/\.\.\//g)?.length ?? 0) > depth(path))
        .map(({ from }) => `${path} imports ${from}`),
    );
    expect(wrong).toEqual([]);
  });
});

const all = packages.flatMap(({ sources }) => sources);
const frameworkFile =
  /(\.config\.m?ts|apps\/dashboard\/src\/(app\/|proxy\.ts|instrumentation)|dashboard\/scripts\/next-as-modules\.ts|testing-global-setup\.ts)/;

test('the table has no cycle', () => {
  const visit = (name: string, path: string[]): string[] | undefined => {
    if (path.includes(name)) return [...path, name];
    for (const next of allowed[name]?.ours ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle) return cycle;
    }
    return undefined;
  };
  for (const name of Object.keys(allowed)) expect(visit(name, [])).toBeUndefined();
});

test('nothing is exported by default except where a framework wants it', () => {
  expect(
    all.filter(({ path, text }) => /^export default /m.test(text) && !frameworkFile.test(path)).map(({ path }) => path),
  ).toEqual([]);
});

test('there are no barrels', () => {
  const isBarrel = ({ path, text }: Source) => /\/index\.tsx?$/.test(path) || /^export \* from /m.test(text);
  expect(all.filter(isBarrel).map(({ path }) => path)).toEqual([]);
});

test('files stay small: 250 lines, tests 400', () => {
  const isGenerated = (path: string) => path === 'packages/database/src/schema.ts';
  const tooLong = all.filter(
    ({ path, text, isTest }) => !isGenerated(path) && text.split('\n').length > (isTest ? 401 : 251),
  );
  expect(tooLong.map(({ path, text }) => `${path}: ${text.split('\n').length}`)).toEqual([]);
});

test('files are named in kebab-case', () => {
  const isFramework = (path: string) => path.startsWith('apps/dashboard/src/app/');
  const wrong = all
    .map(({ path }) => path)
    .filter(
      (path) => !isFramework(path) && !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.tsx?$/.test(path.split('/').at(-1) as string),
    );
  expect(wrong).toEqual([]);
});

test('one noun has one name: no synonym is used as an identifier', () => {
  const pattern = new RegExp(`\\b(${synonyms.join('|')})\\b`);
  expect(all.filter(({ text }) => pattern.test(text)).map(({ path }) => path)).toEqual([]);
});

test('the database is opened with commands and queries alone', () => {
  const doors = all.filter(({ path }) => path.startsWith('apps/') && !path.startsWith('apps/server/'));
  expect(
    doors
      .filter(({ imports }) =>
        imports.some(({ from }) => /^(kysely|pg)$|@clawster\/(database|control-plane)/.test(from)),
      )
      .map(({ path }) => path),
  ).toEqual([]);
});
