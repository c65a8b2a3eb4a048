import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { untilState } from '../../packages/target/src/conformance-suite.ts';
import { someWorkload } from '../../packages/target/src/testing/some-workload.ts';
import { findBot } from '../../targets/docker/src/bots.ts';
import { buildContext } from '../../targets/docker/src/build-context.ts';
import { docker } from '../../targets/docker/src/docker.ts';
import { unlessMissing } from '../../targets/docker/src/missing.ts';
import { Settings } from '../../targets/docker/src/settings.ts';
import { egressFile } from '../../targets/docker/src/testing/engine-under-test.ts';
import { run } from '../../targets/docker/src/testing/run.ts';
import { type EngineElsewhere, startEngineElsewhere } from './engine-elsewhere.ts';
import { namespaceFile } from './engine-process.ts';
import { registryProgram, startRegistry } from './registry.ts';

// What an engine of another machine needs: a way home by a name, and images of a registry.

const installation = 'elsewhere';
const root = resolve(import.meta.dirname, '../..');
const supervisor = { file: join(root, 'packages/target/src/testing/tiny-supervisor.mjs'), version: '1.0.0' };
const name = 'clawster.test';
/** Of the engine's machine, which its containers reach. */
const address = '10.214.255.1';

const namespace = `clawster-elsewhere-${process.pid}`;
const started = await startEngineElsewhere({
  namespace,
  flags: ['--dns', address],
  programs: [registryProgram, '/usr/bin/ip'],
});
const missing = 'why' in started ? `, which cannot be here: ${started.why}` : '';

let elsewhere: EngineElsewhere;
let directory: string;
const endings: (() => unknown)[] = [];

describe.skipIf('why' in started)(`an engine elsewhere${missing}`, () => {
  beforeAll(async () => {
    elsewhere = started as EngineElsewhere;
    endings.push(elsewhere.stop);
    directory = await mkdtemp(join(tmpdir(), 'clawster-elsewhere-'));
    endings.push(() => rm(directory, { recursive: true, force: true }));
    await writeFile(join(directory, 'package.json'), '{}');
    const words = [`--net=${namespaceFile(namespace)}`, 'ip', 'address', 'add', `${address}/32`, 'dev', 'lo'];
    await promisify(execFile)('nsenter', words);
  });
  afterAll(async () => {
    for (const end of endings.toReversed()) await end();
  });

  test('leads its bots home to a URL’s name and port, by http and by https with that name’s certificate', async () => {
    const { files } = await elsewhere.authority.sign('clawster', `DNS:${name}`);
    const program = [process.execPath, join(import.meta.dirname, 'home.ts'), name, address];
    const words = [`--net=${namespaceFile(namespace)}`, ...program, files.certificate, files.key];
    const home = spawn('nsenter', words, { stdio: ['ignore', 'pipe', 'inherit'] });
    endings.push(() => home.kill());
    const [told] = (await once(home.stdout, 'data')) as [Buffer];
    const ca = JSON.stringify(elsewhere.authority.certificate);
    for (const [protocol, port] of Object.entries(JSON.parse(told.toString()) as Record<string, number>)) {
      const controlPlaneUrl = `${protocol}://${name}:${port}/`;
      const target = await docker.connect(settingsFor({ controlPlaneUrl }));
      await target.apply(workload('homesick'));
      await untilState(target, 'homesick', 'running');
      const known = await findBot(elsewhere.engine, installation, 'homesick');
      const ask = `require('${protocol}').get('${controlPlaneUrl}', { ca: ${ca} }, (r) => r.pipe(process.stdout))`;
      const said = known && (await run(known.container, `node -e ${JSON.stringify(ask)}`));
      expect(said, protocol).toBe('home');
    }
    await (await docker.connect(settingsFor({}))).remove('homesick', { deleteState: true });
  });

  test('pulls a bot’s image by its digest, and says when it cannot', async () => {
    const registry = await startRegistry(elsewhere.folder, namespace);
    endings.push(registry.stop);
    const image = await pushed(elsewhere.engine, `${registry.host}/clawster-bot`);
    expect(await unlessMissing(elsewhere.engine.getImage(image).inspect())).toBeUndefined();
    const target = await docker.connect(settingsFor({ image }));
    expect(target.bringsRuntime).toBe(true);
    await target.apply(workload('pulled'));
    await untilState(target, 'pulled', 'running');
    const known = await findBot(elsewhere.engine, installation, 'pulled');
    expect(known?.about.Config.Image).toBe(image);
    await target.remove('pulled', { deleteState: true });
    const other = await docker.connect(settingsFor({ image: image.replace(/[0-9a-f]{64}$/, 'a'.repeat(64)) }));
    await expect(other.apply(workload('pulled'))).rejects.toThrow(
      /does not have the image \S+ and could not pull it\. Load it there, or name another .*manifest unknown/,
    );
  });
});

/** Builds the image as anybody would, puts it into the registry, and says how it is pulled. */
async function pushed(engine: Docker, repository: string): Promise<string> {
  const context = buildContext({ node: process.execPath, supervisor, egressFile, runtime: workload('any').runtime });
  await text(await engine.buildImage(context, { t: repository, buildargs: { BASE: elsewhere.baseImage } }));
  const image = engine.getImage(repository);
  await text(await image.push({ authconfig: { username: '', password: '', serveraddress: '' } }));
  const { RepoDigests } = await image.inspect();
  await image.remove({ force: true });
  return RepoDigests?.[0] ?? '';
}

function workload(botId: string) {
  const runtime = { version: '2026.9.6', directory, node: process.execPath, compileCacheDirectory: '/nowhere' };
  return someWorkload({ botId, supervisor, runtime });
}

function settingsFor(more: Partial<Settings>): Settings {
  const connection = { via: 'socket', path: elsewhere.socket };
  const controlPlaneUrl = `http://${name}:4500`;
  const { baseImage } = elsewhere;
  return Settings.parse({
    connection,
    installation,
    egressFile,
    baseImage,
    controlPlaneUrl,
    stopTimeoutMs: 1_000,
    ...more,
  });
}
