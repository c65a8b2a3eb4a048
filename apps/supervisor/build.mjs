import { build } from 'esbuild';

/** Where the bundle goes, and of what it is made, of the folder it is called in: apps/egress is made alike, and a stand-in for tests. */
const [outfile = 'dist/supervisor.mjs', entry = 'src/main.ts'] = process.argv.slice(2);

/** One file that runs on a bot's or an engine's Node with nothing beside it. */
await build({
  entryPoints: [entry],
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
