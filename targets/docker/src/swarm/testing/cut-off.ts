import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { SwarmNode } from '../api.ts';
import type { Lab } from './lab-under-test.ts';
import { untilAnswers } from './until-answers.ts';

/** What can befall a node, from outside; each is undone by what is returned. */
export function nodesOf({ outside, network, manager, nodes }: Lab) {
  const machine = (name: string) => outside.getContainer(`clawster-lab-${name}`);
  const addressOf = async (name: string) =>
    (await machine(name).inspect()).NetworkSettings.Networks[network]?.IPAMConfig?.['IPv4Address'] as string;
  const isBack = async (name: string) => {
    await untilAnswers(nodes.find((node) => node.name === name)?.socket ?? '');
    await until(manager, name, 'ready');
  };
  return {
    /** The machine loses its power. */
    async kill(name: string) {
      await machine(name).kill();
      if (name !== 'manager') await until(manager, name, 'down');
      return async () => {
        await machine(name).start();
        await isBack(name);
        // A manager hears of the others a moment after its own start.
        for (const one of nodes) await until(manager, one.name, 'ready');
      };
    },
    /** Its cable is pulled: it goes on, and nobody hears of it. */
    async partition(name: string) {
      const IPv4Address = await addressOf(name);
      await outside.getNetwork(network).disconnect({ Container: machine(name).id });
      await until(manager, name, 'down');
      return async () => {
        const EndpointConfig = { IPAMConfig: { IPv4Address } };
        await outside.getNetwork(network).connect({ Container: machine(name).id, EndpointConfig });
        await until(manager, name, 'ready');
      };
    },
    /** A person takes it out of service, or puts it back. */
    async setAvailability(name: string, Availability: 'active' | 'drain') {
      const about = (await nodeNamed(manager, name)) as SwarmNode & { Version: { Index: number }; Spec: object };
      await manager
        .getNode(about.ID)
        .update({ _query: { version: about.Version.Index }, _body: { ...about.Spec, Availability } });
    },
    /** A person takes it out of the Swarm. */
    async remove(name: string) {
      const { ID } = await nodeNamed(manager, name);
      await nodes.find((node) => node.name === name)?.engine.swarmLeave({ force: true });
      await until(manager, name, 'down');
      await manager.getNode(ID).remove({ force: true });
    },
  };
}

async function nodeNamed(manager: Docker, name: string): Promise<SwarmNode> {
  const nodes = (await manager.listNodes()) as SwarmNode[];
  const found = nodes.find(({ Description }) => Description.Hostname === name);
  if (!found) throw new Error(`The Swarm has no node ${name}`);
  return found;
}

async function until(manager: Docker, name: string, state: 'ready' | 'down'): Promise<void> {
  for (const deadline = Date.now() + 60_000; ; await sleep(200)) {
    const node = await nodeNamed(manager, name).catch(() => undefined);
    if (node?.Status.State === state) return;
    if (Date.now() > deadline) throw new Error(`The node ${name} is not ${state} but ${node?.Status.State}`);
  }
}
