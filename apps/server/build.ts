import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** Another entry and where its bundle goes: a benchmark runs the server as it is, with routes of its own. */
const [entry = 'src/main.ts', outfile = 'dist/main.js'] = process.argv.slice(2);
const folder = import.meta.dirname;
const { dependencies } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};

/** Migrations, locks and the like stay where they are: each file of ours goes on finding them from its own place. */
const ownPlaces: Plugin = {
  name: 'own-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/(packages|targets|apps)\/[^/]+\/src\/.*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const file = JSON.stringify(relative(join(folder, dirname(outfile)), path));
      const place = JSON.stringify(`/${relative(join(folder, dirname(outfile)), dirname(path))}`);
      return {
        loader: 'ts',
        contents: text
          .replaceAll('import.meta.url', `new URL(${file}, import.meta.url).href`)
          .replaceAll('import.meta.dirname', `(import.meta.dirname + ${place})`),
      };
    });
  },
};

/** One file: what need not be found, read and stripped of its types file by file starts sooner and answers faster. */
await build({
  entryPoints: [entry],
  outfile,
  absWorkingDir: folder,
  bundle: true,
  external: Object.keys(dependencies).filter((name) => !name.startsWith('@clawster/')),
  plugins: [ownPlaces],
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: 'linked',
  logLevel: 'warning',
  tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  // Some of what we bundle is CommonJS: it asks for Node's own modules by `require`, and for its own file's name.
  banner: {
    js: "import { createRequire as clawsterRequire } from 'node:module'; const require = clawsterRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
  },
});
