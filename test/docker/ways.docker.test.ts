import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { startTcpProxy, type TcpProxy } from '@clawster/link/testing/tcp-proxy';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { untilState } from '../../packages/target/src/conformance-suite.ts';
import { someWorkload } from '../../packages/target/src/testing/some-workload.ts';
import { docker } from '../../targets/docker/src/docker.ts';
import { type Connection, Settings } from '../../targets/docker/src/settings.ts';
import { egressFile } from '../../targets/docker/src/testing/engine-under-test.ts';
import { putFile } from '../../targets/docker/src/testing/volume.ts';
import { nameOf } from '../../targets/docker/src/labels.ts';
import { withVolume } from '../../targets/docker/src/with-volume.ts';
import { readFile } from '../../targets/docker/src/volume-files.ts';
import { makeAuthority, type Signed } from './certificates.ts';
import { type EngineElsewhere, startEngineElsewhere } from './engine-elsewhere.ts';
import { type SshServer, sshd } from './ssh-server.ts';
import { type Ways, waysTo } from './ways-to.ts';

// One engine of another machine, as far as it can tell, and both ways to it.

const installation = 'ways';
const root = resolve(import.meta.dirname, '../..');
const tinySupervisor = join(root, 'packages/target/src/testing/tiny-supervisor.mjs');
const realSupervisor = join(root, 'apps/supervisor/dist/supervisor.mjs');

const started = await startEngineElsewhere({ programs: [sshd] });
const missing = 'why' in started ? `, which cannot be here: ${started.why}` : '';

let elsewhere: EngineElsewhere;
let ssh: SshServer;
let directory: string;
let ways: Ways;

describe.skipIf('why' in started)(`an engine elsewhere${missing}`, () => {
  beforeAll(async () => {
    elsewhere = started as EngineElsewhere;
    directory = await mkdtemp(join(tmpdir(), 'clawster-ways-'));
    await writeFile(join(directory, 'package.json'), '{}');
    ({ ways, ssh } = await waysTo(elsewhere));
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await ssh?.stop();
    await elsewhere?.stop();
    await rm(directory, { recursive: true, force: true });
  });

  describe.each(['tls', 'ssh'] as const)('by %s', (via) => {
    const workload = () =>
      someWorkload({
        botId: `by-${via}`,
        supervisor: { file: tinySupervisor, version: '1.0.0' },
        runtime: { version: '2026.9.6', directory, node: process.execPath, compileCacheDirectory: '/nowhere' },
      });
    const tools = { node: process.execPath, supervisor: { file: realSupervisor, version: '1.0.0' } };

    test('says what it is, and has a bot from its first start to its end', async () => {
      const target = await docker.connect(settingsFor(ways[via]));
      const { ok, message } = await target.probe();
      expect(message).toMatch(/^Docker \d+\.\S+, .* room for \d+ more/);
      expect(ok).toBe(true);
      const { botId, generation } = workload();
      await target.apply(workload());
      expect(await untilState(target, botId, 'running')).toMatchObject({ generation });
      await expect.poll(() => target.logs?.(botId, 10)).toEqual([`running generation ${generation}`]);
      const volume = { engine: elsewhere.engine, installation, image: elsewhere.baseImage };
      await withVolume(volume, nameOf(botId), (container) => putFile(container, 'state/memory.txt', 'kept'));
      const archive = await buffer((await target.exportState?.(botId, tools)) ?? new PassThrough().end());
      await target.stop(botId);
      expect(await target.inspect(botId)).toMatchObject({ state: 'exited', generation });
      await withVolume(volume, nameOf(botId), (container) => putFile(container, 'state/memory.txt', 'changed'));
      await target.importState?.(botId, new PassThrough().end(archive), tools);
      expect(await withVolume(volume, nameOf(botId), (container) => readFile(container, 'state/memory.txt'))).toBe(
        'kept',
      );
      await target.remove(botId, { deleteState: true });
      expect(await target.inspect(botId)).toEqual({ state: 'absent' });
    });
  });

  test('is asked much at once by SSH, over few lines', async () => {
    const target = await docker.connect(settingsFor(ways.ssh));
    const answers = await Promise.all(Array.from({ length: 20 }, () => target.inspect('nobody')));
    expect(new Set(answers.map(({ state }) => state))).toEqual(new Set(['absent']));
  });

  describe('that cannot be reached is refused in a sentence that says what to do', () => {
    let silent: TcpProxy;
    let other: Signed;
    beforeAll(async () => {
      silent = await startTcpProxy(ssh.port);
      await silent.set({ state: 'silent' });
      other = await (await makeAuthority(elsewhere.folder, 'other')).sign('clawster', 'DNS:clawster');
    });
    afterAll(() => silent?.close());

    test.each<[string, () => object, RegExp]>([
      ['an authority that did not sign', () => ({ ca: other.certificate }), /not by the authority.*give the ca\.pem/],
      ['a certificate of another authority', () => shown(other), /does not accept the certificate.*signed by/],
      ['a key of another certificate', () => ({ key: other.key }), /not that of the certificate: give its own/],
      ['a certificate that is none', () => ({ certificate: 'nonsense' }), /cannot be read: give them as PEM/],
      ['a name the certificate lacks', () => ({ host: 'localhost' }), /is not for localhost: write/],
      ['a name nobody has', () => ({ host: 'nowhere.invalid' }), /no machine named nowhere\.invalid: check/],
      ['a port nobody listens at', () => ({ port: 1 }), /Nothing listens at 127\.0\.0\.1:1: check the port/],
      ['what speaks something else', () => ({ port: ssh.port }), /does not speak TLS: start Docker there with/],
    ])('by TLS, with %s', async (_, more, sentence) => {
      expect(await refusal({ ...ways.tls, ...more() } as Connection)).toMatch(sentence);
    });

    test.each<[string, () => object, RegExp]>([
      ['another host’s fingerprint', () => ({ fingerprint: `SHA256:${'x'.repeat(43)}` }), /another key than.*check it/],
      ['a key nobody lets in', () => ({ key: ssh.strangerKey }), /does not let \S+ in with this key: add its/],
      ['a user who may not use Docker', () => ({ key: ssh.powerlessKey }), /^Docker cannot be used as .*nowhere/],
      ['a key that is none', () => ({ key: 'nonsense' }), /private key cannot be read: give it as/],
      ['a name nobody has', () => ({ host: 'nowhere.invalid' }), /no machine named nowhere\.invalid: check/],
      ['a port nobody listens at', () => ({ port: 1 }), /Nothing listens at 127\.0\.0\.1:1: check the port/],
    ])('by SSH, with %s', async (_, more, sentence) => {
      expect(await refusal({ ...ways.ssh, ...more() } as Connection)).toMatch(sentence);
    });

    test('by either, of a machine that is silent', async () => {
      const { port } = silent;
      const answers = await Promise.all([refusal({ ...ways.tls, port }), refusal({ ...ways.ssh, port })]);
      for (const answer of answers) expect(answer).toMatch(/does not answer: check the address/);
    });

    test('by a socket that is not there, and by one it may not use', async () => {
      // What says elsewhere where Docker is counts for nothing here.
      vi.stubEnv('DOCKER_HOST', 'tcp://127.0.0.1:1');
      expect(await refusal({ via: 'socket', path: '/nowhere/docker.sock' })).toMatch(/no socket .*: start Docker/);
      process.seteuid?.('nobody');
      const answer = await refusal({ via: 'socket', path: elsewhere.socket }).finally(() => process.seteuid?.(0));
      expect(answer).toMatch(/may not use the socket .*: add it to the group/);
    });
  });
});

function settingsFor(connection: Connection): Settings {
  const { baseImage } = elsewhere;
  const controlPlaneUrl = 'http://clawster.test:4500';
  return Settings.parse({ connection, installation, egressFile, baseImage, controlPlaneUrl, stopTimeoutMs: 1_000 });
}

const shown = ({ certificate, key }: Signed) => ({ certificate, key });

/** What it is refused with: soon, and without a word of the keys. */
async function refusal(connection: Connection): Promise<string> {
  const began = performance.now();
  const target = await docker.connect(settingsFor(connection));
  const message = await target.probe().then(
    ({ message: sentence, ok }) => `${ok}: ${sentence}`,
    (error: Error) => error.message,
  );
  expect(performance.now() - began).toBeLessThan(18_000);
  const words = 'key' in connection ? connection.key.split('\n').filter((line) => line.length > 20) : [];
  for (const word of [...words, 'PRIVATE']) expect(message).not.toContain(word);
  return message;
}
