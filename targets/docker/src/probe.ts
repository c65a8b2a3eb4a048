import { gigabytes } from '@clawster/target/gigabytes';
import type Docker from 'dockerode';
import { label } from './labels.ts';
import type { Settings } from './settings.ts';
import { wayHome } from './way-home.ts';

/** Networks without an address of the machine's came with this one (20.10). */
export const apiMin = 1.41;
/** What one more bot is reckoned with; the smallest that works takes less. */
const botBytes = 2e9;
/** For the engine and whatever else runs there. */
const machineShare = 0.9;

/** What the engine is, and whether one more bot has room on it: by what its containers may take at most. */
export async function probeEngine(engine: Docker, settings: Settings): Promise<{ ok: boolean; message: string }> {
  const home = wayHome(settings);
  if (typeof home === 'string') return no(home);
  const [version, about] = await Promise.all([engine.version(), engine.info()]);
  if (version.Os !== 'linux') return no(`The engine runs ${version.Os} containers; bots need one that runs linux`);
  const podman = version.Components?.find(({ Name }) => Name === 'Podman Engine');
  if (podman)
    return no(
      `This is Podman ${podman.Version}: it leaves its machine an address in each bot’s network, and bots would reach what listens there. Name a Docker engine, 20.10 or newer`,
    );
  if (Number(version.ApiVersion) < apiMin)
    return no(`Docker ${version.Version} is too old: bots need 20.10 or newer. Update the engine`);
  const bound = ['MemoryLimit', 'PidsLimit', 'CpuCfsQuota'].filter((name) => about[name] !== true);
  if (bound.length > 0)
    return no(`The engine cannot limit what a container takes (${bound.join(', ')}): turn on its cgroups`);
  const engineWords = `Docker ${version.Version}, ${about.Driver}, cgroup v${about.CgroupVersion ?? 1}, ${about.NCPU} CPUs`;
  const limits = `each on at most ${settings.cpusMax} CPUs with ${settings.processesMax} processes`;
  const { room, words } = await roomFor(engine, about.MemTotal as number);
  const memory = `${gigabytes(about.MemTotal as number)} of memory, ${words}`;
  return room > 0
    ? { ok: true, message: `${engineWords}; ${memory}: room for ${room} more of ${gigabytes(botBytes)}, ${limits}` }
    : no(`${engineWords}; ${memory}: no room for one more. Stop a bot there, or add memory`);
}

async function roomFor(engine: Docker, memoryBytes: number): Promise<{ room: number; words: string }> {
  const running = await engine.listContainers({ filters: { label: [`${label.role}=bot`] } });
  const promised = running.reduce((sum, { Labels }) => sum + (Number(Labels[label.memory]) || 0), 0);
  const room = Math.max(0, Math.floor((memoryBytes * machineShare - promised) / botBytes));
  const bots = running.length === 1 ? '1 bot' : `${running.length} bots`;
  return { room, words: `of which ${bots} may take ${gigabytes(promised)}` };
}

function no(message: string) {
  return { ok: false, message };
}
