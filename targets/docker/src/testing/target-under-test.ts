import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TargetUnderTest } from '@clawster/target/conformance';
import type { Workload } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import type Docker from 'dockerode';
import { findBot } from '../bots.ts';
import { docker } from '../docker.ts';
import { label, nameOf, ours } from '../labels.ts';
import { place } from '../place.ts';
import type { Settings } from '../settings.ts';
import { readFile } from '../volume-files.ts';
import { withVolume } from '../with-volume.ts';
import { run } from './run.ts';
import { allFiles, putFile } from './volume.ts';
import { wipe } from './wipe.ts';

const { joinToken } = someWorkload({ botId: 'any', supervisor: { file: '', version: '' } });
const root = join(import.meta.dirname, '../../../..');
/** The real one, for what it alone can do: pack and unpack a bot's state. */
const realSupervisor = join(root, 'apps/supervisor/dist/supervisor.mjs');
const tinySupervisor = join(root, 'packages/target/src/testing/tiny-supervisor.mjs');

/** What the conformance suite needs of a target with these settings; `engine` is the same one, as nobody of the product reaches it. */
export async function targetUnderTest(engine: Docker, asked: Settings): Promise<TargetUnderTest> {
  const { installation } = asked;
  await wipe(engine, installation);
  const directory = await mkdtemp(join(tmpdir(), 'clawster-docker-'));
  await writeFile(join(directory, 'package.json'), '{}');
  const isBeside = asked.controlPlaneUrl === undefined;
  // Short, so that a stubborn bot is killed soon.
  const settings = { ...asked, stopTimeoutMs: 1_000, ...(isBeside ? { linkDirectory: directory } : {}) };
  const volume = { engine, installation, image: settings.baseImage };
  const running = (botId: string) =>
    engine.listContainers({ filters: ours(installation, { [label.role]: 'bot', [label.bot]: botId }) });

  const inBot = async (botId: string, command: string) => {
    const known = await findBot(engine, installation, botId);
    return known ? run(known.container, command) : '';
  };

  return {
    connect: () => docker.connect(settings),
    workload: (botId, { behaviour } = {}) =>
      someWorkload({
        botId,
        supervisor: { file: tinySupervisor, version: behaviour ?? '1.0.0' },
        runtime: { version: '2026.9.6', directory, node: process.execPath, compileCacheDirectory: '/nowhere' },
      }),
    tools: { node: process.execPath, supervisor: { file: realSupervisor, version: '1.0.0' } },
    runningCount: async (botId) => (await running(botId)).length,
    received: (botId) => received(engine, installation, botId),
    async exposed(botId) {
      const known = await findBot(engine, installation, botId);
      if (!known) return '';
      const { container, about } = known;
      const [top, logs] = [await container.top(), await container.logs({ stdout: true, stderr: true, follow: false })];
      return [JSON.stringify([about, top]), logs.toString(), await allFiles(container)].join('\n');
    },
    async writeState(botId, name, content) {
      await withVolume(volume, nameOf(botId), (container) => putFile(container, name, content));
    },
    readState: (botId, name) => withVolume(volume, nameOf(botId), (container) => readFile(container, name)),
    plugins: {
      async read(botId, name) {
        const said = await inBot(botId, `cat ${place.plugins}/${name} && echo -n ' there'`);
        return said.endsWith(' there') ? said.replace(/ there$/, '') : undefined;
      },
      write: async (botId, name) =>
        (await inBot(botId, `echo x >${place.plugins}/${name} && echo -n written`)).endsWith('written'),
    },
    async crash(botId) {
      for (const { Id } of await running(botId)) await engine.getContainer(Id).kill({ signal: 'SIGKILL' });
    },
    async cleanUp() {
      await wipe(engine, installation);
      await rm(directory, { recursive: true });
    },
  };
}

/** What the container's process was told; it says so a moment after it began. */
async function received(engine: Docker, installation: string, botId: string): ReturnType<TargetUnderTest['received']> {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(100)) {
    const known = await findBot(engine, installation, botId);
    if (!known) return undefined;
    const text = await readFile(known.container, 'seen.json');
    const seen = text === undefined ? undefined : (JSON.parse(text) as Workload & { joinTokenSha256: string });
    if (seen?.generation !== known.generation) continue;
    const told = createHash('sha256').update(joinToken).digest('hex') === seen.joinTokenSha256;
    return { ...seen, joinToken: told ? joinToken : 'another' };
  }
  return undefined;
}
