import Docker from 'dockerode';
import { describe, inject } from 'vitest';
import { label, ours } from '../../labels.ts';
import { unlessMissing, unlessStatus } from '../../missing.ts';
import { SwarmSettings } from '../../settings.ts';

const found = inject('swarm');

/** A node, and its engine as nobody of the product sees it: it is asked what really runs there. */
export type LabNode = { name: string; socket: string; engine: Docker };
/** The Swarm under test: the engine its nodes are containers of, and each node's own. */
export type Lab = { outside: Docker; network: string; image: string; manager: Docker; nodes: LabNode[] };

/** The tests of this file, in a Swarm; skipped where there is none, for the reason in their name. */
export function describeInSwarm(name: string, tests: (lab: Lab) => void): void {
  const isSkipped = 'why' in found;
  const title = isSkipped ? `${name}, which needs a Docker Swarm: ${found.why}` : name;
  const { outside, network, image, nodes } = isSkipped
    ? { outside: '/nowhere', network: '', image: `nowhere@sha256:${'0'.repeat(64)}`, nodes: [] }
    : found;
  const open = (socketPath: string) => new Docker({ socketPath });
  const opened = nodes.map((node) => ({ ...node, engine: open(node.socket) }));
  const manager = opened[0]?.engine ?? open('/nowhere');
  describe.skipIf(isSkipped)(title, () => {
    tests({ outside: open(outside), network, image, manager, nodes: opened });
  });
}

/** Settings for an installation of its own in that Swarm. */
export function swarmSettingsFor({ nodes, image }: Lab, installation: string, more: Partial<SwarmSettings> = {}) {
  return SwarmSettings.parse({
    connection: { via: 'socket', path: nodes[0]?.socket },
    installation,
    image,
    controlPlaneUrl: 'https://clawster.example.com',
    // Short, so that a stubborn bot is killed soon.
    stopTimeoutMs: 1_000,
    ...more,
  });
}

/** Removes all that an installation left in the Swarm, on whichever node. */
export async function wipeSwarm({ manager, nodes }: Lab, installation: string): Promise<void> {
  const filters = ours(installation);
  for (const { ID } of (await manager.listServices({ filters })) as unknown as { ID: string }[])
    await unlessMissing(manager.getService(ID).remove());
  for (const { ID } of (await manager.listSecrets({ filters })) as unknown as { ID: string }[])
    await unlessStatus(manager.getSecret(ID).remove(), [400, 404]);
  for (const { ID } of await manager.listConfigs({ filters }))
    await unlessStatus(manager.getConfig(ID).remove(), [400, 404]);
  for (const { engine } of nodes) {
    for (const { Id } of await engine.listContainers({ all: true, filters }))
      await unlessMissing(engine.getContainer(Id).remove({ force: true, v: true }));
    const { Volumes } = await engine.listVolumes({ filters });
    for (const { Name } of Volumes ?? []) await unlessStatus(engine.getVolume(Name).remove(), [404, 409]);
  }
  for (const { Id } of await manager.listNetworks({ filters }))
    await unlessStatus(manager.getNetwork(Id).remove(), [400, 403, 404, 409, 500]);
}

/** The bot's containers, or those of what stands beside it, on all nodes that can be asked. */
export async function containersOf(
  { nodes }: Lab,
  installation: string,
  botId: string,
  role: 'bot' | 'egress' = 'bot',
): Promise<Docker.Container[]> {
  const filters = ours(installation, { [label.role]: role, [label.bot]: botId });
  const asked = nodes.map(async ({ engine }) =>
    (await engine.listContainers({ filters })).map(({ Id }) => engine.getContainer(Id)),
  );
  return (await Promise.all(asked)).flat();
}
