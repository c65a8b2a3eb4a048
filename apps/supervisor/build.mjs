import { build } from 'esbuild';

/** Where the bundle goes, of the folder it is called in: apps/egress is made alike. */
const [outfile = 'dist/supervisor.mjs'] = process.argv.slice(2);

/** One file that runs on a bot's or an engine's Node with nothing beside it. */
await build({
  entryPoints: ['src/main.ts'],
  outfile,
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
