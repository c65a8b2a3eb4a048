import { gigabytes } from '@clawster/target/gigabytes';
import type Docker from 'dockerode';
import { apiMin } from '../probe.ts';
import type { SwarmSettings } from '../settings.ts';
import { wayHome } from '../way-home.ts';
import { botBytes, listNodes, type Node, placesAmong } from './nodes.ts';

/** Beyond this, a list of nodes is read by nobody. */
const namedMax = 6;

/** What the Swarm is, node by node, and whether one more bot has room in it. */
export async function probeSwarm(engine: Docker, settings: SwarmSettings): Promise<{ ok: boolean; message: string }> {
  const home = wayHome({ ...settings, linkDirectory: undefined });
  if (typeof home === 'string') return no(home);
  const [version, about] = await Promise.all([engine.version(), engine.info()]);
  if (Number(version.ApiVersion) < apiMin)
    return no(`Docker ${version.Version} is too old: bots need 20.10 or newer. Update the engines`);
  const swarm = about.Swarm as { LocalNodeState: string; ControlAvailable: boolean };
  if (swarm.LocalNodeState === 'inactive')
    return no('The engine is in no Swarm. Make one (docker swarm init), or add it as a Docker engine');
  if (!swarm.ControlAvailable)
    return no('The engine is a worker of its Swarm: name one of its managers, or make it one (docker node promote)');
  const nodes = await listNodes(engine);
  const places = placesAmong(nodes, settings);
  const room = places.reduce((sum, node) => sum + node.room, 0);
  const words = `Swarm of ${nodes.length === 1 ? '1 node' : `${nodes.length} nodes`}, Docker ${version.Version}; ${wordsOf(nodes, places)}`;
  if (room > 0) return { ok: true, message: `${words}: room for ${room} more of ${gigabytes(botBytes)}` };
  const label = settings.nodeLabel ? ` with the label ${settings.nodeLabel}` : '';
  return no(`${words}: no room for one more on a node that takes bots in${label}. Add a node, or stop a bot there`);
}

function wordsOf(nodes: Node[], places: Node[]): string {
  const named = nodes.slice(0, namedMax).map((node) => `${node.name} ${stateOf(node, places)}`);
  return [...named, ...(nodes.length > namedMax ? [`${nodes.length - namedMax} more`] : [])].join(', ');
}

function stateOf(node: Node, places: Node[]): string {
  const { Status, Spec } = node.about;
  if (Status.State !== 'ready') return Status.State;
  if (Spec.Availability !== 'active') return Spec.Availability === 'drain' ? 'drained' : 'paused';
  return places.includes(node) ? `${gigabytes(node.freeBytes)} free` : 'without the label';
}

function no(message: string) {
  return { ok: false, message };
}
