import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '**/.next/**', '**/.tools/**'];

/** Generous: a developer's laptop, a busy CI machine and a browser beside it share two cores. */
const seconds = (count: number) => count * 1_000;

export default defineConfig({
  // Nest's decorators, as in tsconfig.json; stated here because the tests of one folder may run without it.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: false } },
  test: {
    globalSetup: ['packages/database/src/testing-global-setup.ts'],
    testTimeout: seconds(20),
    hookTimeout: seconds(60),
    teardownTimeout: seconds(20),
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...ignored, '**/*.real.test.ts'] },
      },
      {
        extends: true,
        // One real gateway at a time: each takes a gigabyte while it starts.
        test: { name: 'real', include: ['**/*.real.test.ts'], exclude: ignored, testTimeout: seconds(300), hookTimeout: seconds(600), fileParallelism: false },
      },
      {
        extends: true,
        test: {
          name: 'end-to-end', include: ['test/end-to-end/*.e2e.ts'], exclude: ignored,
          testTimeout: seconds(600), hookTimeout: seconds(900), fileParallelism: false,
        },
      },
    ],
  },
});
