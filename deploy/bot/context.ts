// Writes all that a bot's image is made of, as an archive that `docker build` takes, for putting it into a registry:
// `node deploy/bot/context.ts [OpenClaw's version] | docker build -t registry.example.com/clawster-bot -`.
// Node and OpenClaw are those of the machine it runs on, so the image is for machines like it.
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openRuntimeStore } from '../../packages/runtime/src/open-store.ts';
import { recommendedVersion } from '../../packages/runtime/src/versions.ts';
import { buildContext } from '../../targets/docker/src/build-context.ts';

const [version = recommendedVersion] = process.argv.slice(2);
const clone = resolve(import.meta.dirname, '../..');
const directory = process.env['CLAWSTER_RUNTIMES_DIR'] ?? join(clone, '.tools/runtimes');
const runtime = await openRuntimeStore({ directory }).install(version, {
  onProgress: ({ message }) => console.error(message),
});
const egressFile = join(clone, 'apps/egress/dist/egress.mjs');
const supervisor = { file: join(clone, 'apps/supervisor/dist/supervisor.mjs'), version };
await pipeline(buildContext({ node: runtime.node, supervisor, egressFile, runtime }), process.stdout);
