import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

/** One PostgreSQL for the tests that claim one. */
const database = ['packages/database/src/testing-global-setup.ts'];

/** Tests that need neither PostgreSQL nor a process of ours: the rules, the contract's client, the architecture, the launcher. */
const rules = [
  'packages/{contract,client,domain,link}/**/*.test.ts',
  'test/*.test.ts',
  'test/{support,faults/history}/*.test.ts',
];

/** The built dashboard in a browser, before a stand-in server, or before the real one where a stand-in would prove nothing. */
const browser = ['apps/dashboard/test/*.test.ts', 'test/browser/*.test.ts'];

const ignored = ['**/node_modules/**', '**/dist/**', '**/.next/**', '**/.tools/**'];

/** Generous: a developer's laptop, a busy CI machine and a browser beside it share two cores. */
const seconds = (count: number) => count * 1_000;

export default defineConfig({
  // Nest's decorators, as in tsconfig.json; stated here because the tests of one folder may run without it.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: false } },
  test: {
    expect: { poll: { timeout: seconds(15) } },
    testTimeout: seconds(60),
    hookTimeout: seconds(60),
    teardownTimeout: seconds(20),
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // One kind after the other: each has workers of its own.
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          sequence: { groupOrder: 0 },
          include: rules,
          exclude: ignored,
        },
      },
      {
        extends: true,
        test: {
          name: 'unit',
          sequence: { groupOrder: 1 },
          globalSetup: database,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...ignored, ...rules, ...browser, '**/*.{real,docker,engines,swarm}.test.ts'],
          // They wait for loops and timers more than they compute.
          maxWorkers: 4,
          // To load what they test anew for each file took nearly half of their processor time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'dashboard',
          sequence: { groupOrder: 2 },
          globalSetup: ['apps/dashboard/test/support/share-dashboard.ts', ...database],
          include: browser,
          exclude: ignored,
          // Three pages at a time in the file that looks at all of them, which takes longer than the others together.
          maxConcurrency: 3,
          testTimeout: seconds(300),
          hookTimeout: seconds(240),
        },
      },
      {
        extends: true,
        test: {
          name: 'real',
          sequence: { groupOrder: 3 },
          globalSetup: database,
          include: ['**/*.real.test.ts'],
          exclude: ignored,
          testTimeout: seconds(300),
          hookTimeout: seconds(600),
        },
      },
      {
        extends: true,
        // Bots in containers, on an engine that answers or on one of their own.
        test: {
          name: 'docker',
          sequence: { groupOrder: 6 },
          globalSetup: ['test/docker/docker-engine.ts', 'test/faults/support/build-apps.ts', ...database],
          include: ['**/*.docker.test.ts'],
          exclude: ignored,
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
      {
        extends: true,
        // Bots on engines of other machines, and engines that are started again with real bots, one file after the other.
        test: {
          name: 'engines',
          sequence: { groupOrder: 8 },
          globalSetup: ['test/docker/docker-engine.ts', 'test/faults/support/build-apps.ts', ...database],
          include: ['**/*.engines.test.ts'],
          exclude: ignored,
          maxWorkers: 1,
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
      {
        extends: true,
        // Bots in a Swarm of containers with an engine in each, one file after the other: some cut nodes off.
        test: {
          name: 'swarm',
          sequence: { groupOrder: 7 },
          globalSetup: [
            'test/faults/support/build-apps.ts',
            'test/docker/docker-engine.ts',
            'test/swarm/swarm-lab.ts',
            ...database,
          ],
          include: ['**/*.swarm.test.ts'],
          exclude: ignored,
          maxWorkers: 1,
          testTimeout: seconds(300),
          hookTimeout: seconds(300),
        },
      },
      {
        extends: true,
        test: {
          name: 'end-to-end',
          sequence: { groupOrder: 5 },
          include: ['test/end-to-end/*.e2e.ts'],
          exclude: ignored,
          testTimeout: seconds(600),
          hookTimeout: seconds(900),
        },
      },
      {
        extends: true,
        // Real processes that are killed, cut off and slowed down; told by seeds (test/faults/README.md).
        test: {
          name: 'faults',
          sequence: { groupOrder: 4 },
          globalSetup: ['test/faults/support/build-apps.ts', ...database],
          include: ['test/faults/*.fault.ts'],
          exclude: ignored,
          // Each waits for most of its time: for a lease to run out, for a link to be missed.
          maxWorkers: 3,
          testTimeout: seconds(300),
          hookTimeout: seconds(120),
        },
      },
    ],
  },
});
