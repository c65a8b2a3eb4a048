import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { archiveOf } from '@clawster/target/state-maker';
import { label, ours } from '../labels.ts';
import { present } from '../image.ts';
import { place } from '../place.ts';
import { type Helper, helperContainer, startHelper } from '../state-archive.ts';
import type { Swarm } from './apply-service.ts';
import { removeHelpers, runHelper } from './helper-task.ts';
import { nameOf } from './names.ts';
import { keepSecret, removeSecrets } from './kept-text.ts';
import { ensureNetwork, removeNetworks } from './networks.ts';

/**
 * A task has no input or output of ours. So a container on the manager does, and a task beside the volume speaks with it
 * in a network of their own, encrypted, under a key that is theirs alone.
 */
type Ask = { botId: string; node: { id: string; name: string } };

const port = 4700;

/** Packs the bot's state on its node, whether it runs or not. */
export async function exportState(at: Swarm, ask: Ask): Promise<Readable> {
  const { stream, output, ended, end } = await begin(at, { ...ask, command: 'export' });
  stream.end();
  return archiveOf({ output, ended, end });
}

/** Unpacks the archive into the bot's volume on its node, whole or not at all. */
export async function importState(at: Swarm, archive: Readable, ask: Ask): Promise<void> {
  const { stream, output, ended } = await begin(at, { ...ask, command: 'import' });
  output.resume();
  // One that refused reads no more: why it did is its own word, not the connection that closed.
  pipeline(archive, stream as NodeJS.WritableStream).catch(() => undefined);
  const failed = await ended;
  if (archive.errored) throw archive.errored;
  if (failed) throw failed;
}

async function begin(at: Swarm, { botId, node, command }: Ask & { command: 'export' | 'import' }): Promise<Helper> {
  const { engine, settings } = at;
  const { installation, image } = settings;
  const network = `${nameOf(botId)}-state`;
  await clear(at, botId);
  await ensureNetwork(engine, settings, { name: network, role: 'helper', botId, isAttachable: true });
  await present(engine, image);
  const key = randomBytes(32).toString('hex');
  const { HostConfig, ...rest } = helperContainer(settings, {
    botId,
    image,
    command: ['bridge', command, String(port)],
  });
  const bridge = await startHelper(engine, {
    ...rest,
    HostConfig: { ...HostConfig, NetworkMode: network },
    NetworkingConfig: { EndpointsConfig: { [network]: { Aliases: ['bridge'] } } },
  });
  bridge.stream.write(`${key}\n`);
  const secret = await keepSecret(engine, { installation, botId }, key);
  const way = ['--over', `bridge:${port}`, '--key', '/run/secrets/key'];
  const task = runHelper(at, {
    botId,
    node,
    command: [place.supervisor, command, place.bot, ...way],
    network,
    secret,
  }).catch((error: Error) => error);
  // One of the two alone has nobody to wait for.
  void task.then((failed) => failed && bridge.end());
  const ended = Promise.all([task, bridge.ended])
    .then(([failed, bridgeFailed]) => failed ?? bridgeFailed)
    .finally(() => clear(at, botId).catch(() => undefined));
  ended.catch(() => undefined);
  return { ...bridge, ended };
}

/** What was needed for handing over, and what one that was broken off left of that. */
async function clear(at: Swarm, botId: string): Promise<void> {
  const { engine, settings } = at;
  const { installation } = settings;
  const filters = ours(installation, { [label.role]: 'helper', [label.bot]: botId });
  await removeHelpers(at, botId);
  for (const { Id } of await engine.listContainers({ all: true, filters }))
    await engine.getContainer(Id).remove({ force: true });
  await removeNetworks(engine, filters);
  await removeSecrets(engine, { installation, botId });
}
