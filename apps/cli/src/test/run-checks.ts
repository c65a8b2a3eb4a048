import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from '../command.ts';
import { bringChromium } from './chromium.ts';
import { readReport, readUnhandled, slowestOf, type Tally, tallyOf } from './report.ts';
import { bringSystemTools } from './system-tools.ts';

export type Place = Pick<Context, 'world' | 'out' | 'signal'> & { clone: string; tools: string };

export const checkKinds = [
  'verify',
  'rules',
  'unit',
  'dashboard',
  'real',
  'docker',
  'faults',
  'e2e',
  'engines',
  'swarm',
] as const;
type CheckKind = (typeof checkKinds)[number];
/** Take minutes to wait for engines and nodes that are away, and nothing but their targets depends on them. */
const onlyWhenAsked: readonly CheckKind[] = ['engines', 'swarm'];

/** Seconds, no database: what `pnpm verify` runs, each step counted as one check. */
const verifySteps: [label: string, command: string[]][] = [
  ['format', ['oxfmt', '--check']],
  ['lint', ['oxlint', '--deny-warnings']],
  ['types', ['tsc', '--noEmit']],
  ['types of the dashboard', ['tsc', '--noEmit', '-p', 'apps/dashboard']],
  ['docs', ['node', 'test/verify-docs.ts']],
];
const projects = {
  rules: 'rules',
  unit: 'unit',
  dashboard: 'dashboard',
  real: 'real',
  docker: 'docker',
  faults: 'faults',
  e2e: 'end-to-end',
  engines: 'engines',
  swarm: 'swarm',
} as const;
/** Kinds that open a browser. */
const inBrowser: CheckKind[] = ['dashboard', 'docker', 'e2e'];

/** Runs all checks in turn but those that are asked for, or those of one kind, and counts. A failing kind does not keep the next from running. Ends with what failed. */
export async function runChecks(place: Place, kind: CheckKind | undefined): Promise<Tally> {
  const total: Tally = { passed: 0, failed: 0, failures: [] };
  for (const one of kind ? [kind] : checkKinds.filter((each) => !onlyWhenAsked.includes(each))) {
    place.signal.throwIfAborted();
    const startedAt = performance.now();
    const { passed, failed, failures } = one === 'verify' ? await verify(place) : await vitest(place, one);
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    place.out.note(`${one}: ${passed} passed, ${failed} failed, ${seconds} s`);
    total.passed += passed;
    total.failed += failed;
    total.failures.push(...failures.map((failure) => `${one}: ${failure}`));
  }
  for (const failure of total.failures) place.out.note(`failed: ${inClone(place, failure)}`);
  return total;
}

async function verify(place: Place): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, failures: [] };
  for (const [label, command] of verifySteps) {
    place.out.note(`verify: ${label}`);
    if ((await execute(place, command)) === 0) tally.passed += 1;
    else tally.failures.push(label);
  }
  return { ...tally, failed: tally.failures.length };
}

async function vitest(place: Place, kind: keyof typeof projects): Promise<Tally> {
  // One check more than the tests: without a browser none of them can run.
  if (inBrowser.includes(kind) && !(await bringChromium(place)))
    return { passed: 0, failed: 1, failures: ['there is no browser'] };
  await bringSystemTools(place, kind);
  const folder = await mkdtemp(join(tmpdir(), 'clawster-checks-'));
  const report = join(folder, 'report.json');
  const unhandled = join(folder, 'unhandled.json');
  const written = (file: string) => readFile(file, 'utf8').catch(() => '');
  try {
    const code = await execute(
      place,
      [
        'vitest',
        'run',
        '--project',
        projects[kind],
        '--passWithNoTests',
        '--reporter=default',
        '--reporter=./test/support/unhandled-reporter.ts',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      { CLAWSTER_UNHANDLED: unhandled },
    );
    const reported = readReport(await written(report));
    for (const line of slowestOf(reported, 8)) place.out.note(`${kind}: ${inClone(place, line)}`);
    return tallyOf(reported, code, readUnhandled(await written(unhandled)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const inClone = ({ clone }: Place, line: string) => line.replaceAll(`${clone}/`, '');

function execute(
  { world, clone, signal }: Place,
  command: string[],
  environment: Record<string, string> = {},
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const [file, ...args] =
      command[0] === 'node' ? [process.execPath, ...command.slice(1)] : ['pnpm', 'exec', ...command];
    // What the tests print is progress: the result, one line, goes to standard output alone.
    const child = spawn(file, args, {
      cwd: clone,
      stdio: ['ignore', 2, 2],
      env: { ...world.env, ...environment, NODE_ENV: 'test' },
      signal,
    });
    child.on('error', (error) => (signal.aborted ? resolve(null) : reject(error)));
    child.on('close', resolve);
  });
}
