// Writes all that a bot's image is made of, as an archive that `docker build` takes, for putting it into a registry:
// `node deploy/bot/context.ts [OpenClaw's version] | docker build -t registry.example.com/clawster-bot -`.
// Node, OpenClaw and the plugins of channels are those of the machine it runs on, so the image is for machines like it.
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pluginChannels } from '../../packages/runtime/src/channel-plugin.ts';
import { openRuntimeStore } from '../../packages/runtime/src/open-store.ts';
import { recommendedVersion } from '../../packages/runtime/src/versions.ts';
import { buildContext } from '../../targets/docker/src/build-context.ts';

const [version = recommendedVersion] = process.argv.slice(2);
const clone = resolve(import.meta.dirname, '../..');
const directory = process.env['CLAWSTER_RUNTIMES_DIR'] ?? join(clone, '.tools/runtimes');
const store = openRuntimeStore({ directory });
const runtime = await store.install(version, {
  onProgress: ({ message }) => void process.stderr.write(`${message}\n`),
});
for (const channel of pluginChannels) {
  if (await store.hasPlugin(version, channel)) continue;
  process.stderr.write(`Preparing the plugin of ${channel}\n`);
  await store.addPlugin(version, channel, { signal: AbortSignal.timeout(600_000) });
}
const plugins = pluginChannels.map((channel) => ({ channel, directory: store.pluginDirectory(version, channel) }));
const egressFile = join(clone, 'apps/egress/dist/egress.mjs');
const supervisor = { file: join(clone, 'apps/supervisor/dist/supervisor.mjs'), version };
await pipeline(buildContext({ node: runtime.node, supervisor, egressFile, runtime, plugins }), process.stdout);
