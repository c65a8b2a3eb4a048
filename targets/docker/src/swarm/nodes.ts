import type Docker from 'dockerode';
import { label } from '../labels.ts';
import type { SwarmSettings } from '../settings.ts';
import { replicasOf, servicesWith, type SwarmNode } from './api.ts';

/** What one more bot is reckoned with; the smallest that works takes less. */
export const botBytes = 2e9;
/** For the engine and whatever else runs there. */
const machineShare = 0.9;

/** A machine of the Swarm, and how many more bots have room there. */
export type Node = { id: string; name: string; about: SwarmNode; freeBytes: number; room: number };

/** All machines of the Swarm, with what the bots there may take at most reckoned in. */
export async function listNodes(engine: Docker): Promise<Node[]> {
  const [nodes, promised] = await Promise.all([engine.listNodes() as Promise<SwarmNode[]>, promisedBytes(engine)]);
  return nodes.map((about) => {
    const free = about.Description.Resources.MemoryBytes * machineShare - (promised.get(about.ID) ?? 0);
    const freeBytes = Math.max(0, free);
    return { id: about.ID, name: about.Description.Hostname, about, freeBytes, room: Math.floor(freeBytes / botBytes) };
  });
}

async function promisedBytes(engine: Docker): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const service of await servicesWith(engine, { label: [`${label.role}=bot`] })) {
    const { [label.node]: node = '', [label.memory]: memory } = service.Spec.Labels ?? {};
    const { id } = nodeIn(node);
    if (replicasOf(service) > 0) sums.set(id, (sums.get(id) ?? 0) + (Number(memory) || 0));
  }
  return sums;
}

/** The node that a label of ours names; the name outlives the node. */
export function nodeIn(text: string): { id: string; name: string } {
  const [id = '', name = ''] = text.split(' ');
  return { id, name };
}

/** Why nothing is known of what runs on the node, or undefined when it answers its managers. */
export function whyNotHeard({ name, about }: Node): string | undefined {
  const { State } = about.Status;
  if (State === 'ready') return undefined;
  if (State === 'unknown')
    return `Its node ${name} was not heard of yet by the Swarm's manager, which has just started`;
  return `Its node ${name} is ${State} since ${about.UpdatedAt.slice(0, 19)}Z. Its state lies there, so it is started nowhere else`;
}

/** Why no bot is started on the node, or undefined when one may be. */
export function whyNotStarts(node: Node): string | undefined {
  const { Availability } = node.about.Spec;
  if (Availability === 'active') return whyNotHeard(node);
  return `Its node ${node.name} takes nothing in (${Availability}). Make it active: docker node update --availability active ${node.name}`;
}

/** The nodes that bots may be put on as they are now. */
export function placesAmong(nodes: Node[], { nodeLabel }: Pick<SwarmSettings, 'nodeLabel'>): Node[] {
  const [name = '', value] = nodeLabel?.split('=') ?? [];
  const isMeant = ({ about }: Node) => nodeLabel === undefined || about.Spec.Labels?.[name] === value;
  return nodes.filter((node) => isMeant(node) && whyNotStarts(node) === undefined);
}

/** The node with the most free memory, for a bot that has no state anywhere yet. */
export async function choosePlace(engine: Docker, settings: SwarmSettings): Promise<Node> {
  const [best] = placesAmong(await listNodes(engine), settings).toSorted((a, b) => b.freeBytes - a.freeBytes);
  if (best && best.room > 0) return best;
  throw new Error('No node of the Swarm has room for one more bot. Add a node, or stop a bot there');
}
