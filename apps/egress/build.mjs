import { build } from 'esbuild';

/** One file that runs on an engine's Node with nothing beside it. */
await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/egress.mjs',
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  legalComments: 'none',
  sourcemap: false,
  // Some of what we bundle is CommonJS: it asks for Node's own modules by `require`, and for its own file's name.
  banner: {
    js: "import { createRequire as clawsterRequire } from 'node:module'; const require = clawsterRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
  },
});
