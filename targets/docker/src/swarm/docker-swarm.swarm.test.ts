import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeTarget, type TargetUnderTest } from '@clawster/target/conformance';
import type { Workload } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import { dockerSwarm } from '../docker-swarm.ts';
import { allFiles, putFile } from '../testing/volume.ts';
import { withVolume } from '../with-volume.ts';
import { readFile } from '../volume-files.ts';
import { findBot } from './bot-service.ts';
import { nameOf } from './names.ts';
import { containersOf, describeInSwarm, type Lab, swarmSettingsFor, wipeSwarm } from './testing/lab-under-test.ts';

const { joinToken } = someWorkload({ botId: 'any', supervisor: { file: '', version: '' } });
const installation = 'conformance';
/** What the target makes of it, so that an engine of the same installation is another place. */
const inSwarm = `${installation}-swarm`;

describeInSwarm('in a real Swarm', (lab) => {
  describeTarget('docker-swarm', () => underTest(lab));
});

async function underTest(lab: Lab): Promise<TargetUnderTest> {
  await wipeSwarm(lab, inSwarm);
  const settings = swarmSettingsFor(lab, installation);
  /** Its volume, on the node that has it. */
  const inVolume = async <T>(botId: string, work: Parameters<typeof withVolume<T>>[2]): Promise<T | undefined> => {
    for (const { engine } of lab.nodes) {
      const done = await withVolume({ engine, installation: inSwarm, image: lab.image }, nameOf(botId), work);
      if (done !== undefined) return done;
    }
    return undefined;
  };
  return {
    connect: () => dockerSwarm.connect(settings),
    workload: (botId, { behaviour } = {}) =>
      someWorkload({ botId, supervisor: { file: '/nowhere', version: behaviour ?? '1.0.0' } }),
    tools: { node: '', supervisor: { file: '', version: '' } },
    runningCount: async (botId) => (await containersOf(lab, inSwarm, botId)).length,
    received: (botId) => received(lab, botId),
    exposed: (botId) => exposed(lab, botId),
    async writeState(botId, name, content) {
      await inVolume(botId, (container) => putFile(container, name, content).then(() => true));
    },
    readState: (botId, name) => inVolume(botId, (container) => readFile(container, name)),
    async crash(botId) {
      for (const container of await containersOf(lab, inSwarm, botId)) await container.kill({ signal: 'SIGKILL' });
    },
    cleanUp: () => wipeSwarm(lab, inSwarm),
  };
}

/** What the task's process was told; it says so a moment after it began. */
async function received(lab: Lab, botId: string): ReturnType<TargetUnderTest['received']> {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(100)) {
    const [container] = await containersOf(lab, inSwarm, botId);
    if (!container) continue;
    const text = await readFile(container, 'seen.json');
    const seen = text === undefined ? undefined : (JSON.parse(text) as Workload & { joinTokenSha256: string });
    const known = await findBot(lab.manager, inSwarm, botId);
    if (!seen || seen.generation !== known?.generation) continue;
    const told = createHash('sha256').update(joinToken).digest('hex') === seen.joinTokenSha256;
    return { ...seen, joinToken: told ? joinToken : 'another' };
  }
  return undefined;
}

/** What managers tell of the bot, and what its node has of it. */
async function exposed(lab: Lab, botId: string): Promise<string> {
  const filters = { name: [nameOf(botId)] };
  const told = await Promise.all([
    lab.manager.listServices({ filters }),
    lab.manager.listTasks({ filters: { service: [nameOf(botId)] } }),
    lab.manager.listSecrets({ filters }),
  ]);
  const [container] = await containersOf(lab, inSwarm, botId);
  if (!container) return '';
  const [about, top] = [await container.inspect(), await container.top()];
  const logs = await container.logs({ stdout: true, stderr: true, follow: false });
  return [JSON.stringify([told, about, top]), logs.toString(), await allFiles(container)].join('\n');
}
