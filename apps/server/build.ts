import { build } from 'esbuild';

/** One file of our own code, for Nest's decorators; packages stay where they are, and find their own files there. */
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.js',
  absWorkingDir: import.meta.dirname,
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: 'linked',
  logLevel: 'warning',
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
});
