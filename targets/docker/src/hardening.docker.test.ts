import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilState } from '@clawster/target/conformance-suite';
import type { ConnectedTarget } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findBot } from './bots.ts';
import { companionName } from './companion.ts';
import { docker } from './docker.ts';
import { checkOurs, nameOf } from './labels.ts';
import { describeOnEngine, settingsFor } from './testing/engine-under-test.ts';
import { wipe } from './testing/wipe.ts';
import { run } from './testing/run.ts';

const installation = 'hardening';
const supervisor = {
  file: join(import.meta.dirname, '../../../packages/target/src/testing/tiny-supervisor.mjs'),
  version: '1.0.0',
};

describeOnEngine('a bot’s container', (engine) => {
  let directory: string;
  let target: ConnectedTarget;
  let container: Docker.Container;
  let about: ContainerInspectInfo;
  const workload = () => ({
    ...someWorkload({ botId: 'hardened', supervisor }),
    runtime: { ...someWorkload({ botId: '', supervisor }).runtime, directory },
  });

  beforeAll(async () => {
    await wipe(engine, installation);
    directory = await mkdtemp(join(tmpdir(), 'clawster-hardening-'));
    target = await docker.connect(settingsFor(installation, { linkDirectory: directory, stopTimeoutMs: 1_000 }));
    await target.apply(workload());
    await untilState(target, 'hardened', 'running');
    const known = await findBot(engine, installation, 'hardened');
    if (!known) throw new Error('The bot is not there');
    ({ container, about } = known);
  });
  afterAll(async () => {
    await wipe(engine, installation);
    await rm(directory, { recursive: true });
  });

  test('is bound as the list says, line by line', () => {
    const { HostConfig: host, Config: config } = about;
    expect(config.User).toBe('1000:1000');
    expect(host.ReadonlyRootfs).toBe(true);
    expect(host.Privileged).toBe(false);
    expect(host.CapDrop).toEqual(['ALL']);
    expect(host.CapAdd ?? []).toEqual([]);
    // No seccomp, AppArmor or SELinux of ours: the engine's own hold.
    expect(host.SecurityOpt).toEqual(['no-new-privileges:true']);
    expect(host.PidsLimit).toBe(512);
    expect(host.Memory).toBe(2.75e9);
    expect(host.MemorySwap).toBe(host.Memory);
    expect(host.NanoCpus).toBe(2e9);
    expect(host.OomKillDisable).toBeFalsy();
    expect(host.Tmpfs).toEqual({ '/tmp': expect.stringMatching(/^rw,nosuid,nodev,noexec,size=\d+,mode=1777$/) });
    expect(host.LogConfig).toEqual({ Type: 'json-file', Config: { 'max-size': '5m', 'max-file': '2' } });
    expect(host.RestartPolicy).toMatchObject({ Name: 'no' });
    expect(host.Init).toBe(true);
    expect([host.PidMode, host.UTSMode, host.UsernsMode]).toEqual(['', '', '']);
    expect(host.IpcMode).toBe('private');
    expect(host.Devices ?? []).toEqual([]);
  });

  test('has its volume and nothing of the machine, and no port', () => {
    const { HostConfig: host, Config: config, NetworkSettings: network, Mounts: mounts } = about;
    const seen = mounts.map(({ Type, Name, Destination, RW }) => ({ Type, Name, Destination, RW }));
    expect(seen.toSorted((one, other) => (one.Destination < other.Destination ? -1 : 1))).toEqual([
      { Type: 'volume', Name: nameOf('hardened'), Destination: '/bot', RW: true },
      {
        Type: 'volume',
        Name: expect.stringMatching(/^clawster-plugins-[0-9a-f]{12}-2026\.9\.6$/),
        Destination: '/opt/clawster/plugins',
        RW: false,
      },
    ]);
    expect(host.Binds ?? []).toEqual([]);
    expect([host.PublishAllPorts, host.PortBindings ?? {}, config.ExposedPorts ?? {}]).toEqual([false, {}, {}]);
    expect(network.Ports).toEqual({});
    expect(Object.keys(network.Networks)).toEqual([nameOf('hardened')]);
  });

  test('is told nothing secret where others look', () => {
    expect(JSON.stringify(about)).not.toContain(workload().joinToken);
    const names = about.Config.Env.map((pair) => pair.split('=')[0]);
    expect(
      names.filter((name) => !['HOME', 'LANG', 'PATH', 'NODE_VERSION', 'YARN_VERSION'].includes(name ?? '')),
    ).toEqual([]);
  });

  test('cannot write beside its volume, become more, or start a program from /tmp', async () => {
    expect(
      await run(container, 'id -u; grep -E "^(CapEff|CapPrm|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status'),
    ).toMatch(/^1000\s+CapPrm:\s+0+\s+CapEff:\s+0+\s+CapBnd:\s+0+\s+NoNewPrivs:\s+1\s+Seccomp:\s+2\s*$/);
    const refused = await run(container, 'touch /etc/x /opt/clawster/x /opt/clawster/plugins/x || true');
    expect(refused.match(/Read-only file system/g)).toHaveLength(3);
    const started = await run(
      container,
      'printf "#!/bin/sh\\necho started\\n" > /tmp/x; chmod +x /tmp/x; /tmp/x || true',
    );
    expect(started).toMatch(/Permission denied/);
  });

  test('has a network that leads nowhere: no other machine, no name, not the machine it runs on', async () => {
    const network = await engine.getNetwork(nameOf('hardened')).inspect();
    expect(network.Internal).toBe(true);
    // Something of the machine's own that listens on all its addresses.
    const listening = createServer((socket) => socket.end()).listen(0, '0.0.0.0');
    await once(listening, 'listening');
    const { port } = listening.address() as AddressInfo;
    const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const machine = own.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
    const gateway = network.IPAM?.Config?.[0]?.Subnet?.replace(/\d+\/\d+$/, (end) =>
      String(Number.parseInt(end, 10) + 1),
    );
    expect(machine).not.toContain(gateway);
    const tries = [...machine, gateway].map((address) => `${address} ${port}`);
    for (const one of [...tries, '1.1.1.1 53', '169.254.169.254 80'])
      expect(await run(container, `nc -w 2 ${one} </dev/null && echo reached || echo not`), one).not.toContain(
        'reached',
      );
    expect(await run(container, 'nslookup example.com 2>&1 || echo unknown')).toContain('unknown');
    listening.close();
  });

  test('has two companions beside it, bound as it is: the relay knows the way home alone, the proxy nothing of the machine', async () => {
    const network = await engine.getNetwork(nameOf('hardened')).inspect();
    const names = Object.values(network.Containers as Record<string, { Name: string }>).map(({ Name }) => Name);
    const [relayName, proxyName] = [companionName('relay', installation), companionName('egress', installation)];
    expect(names.toSorted()).toEqual([nameOf('hardened'), relayName, proxyName].toSorted());
    const relay = await engine.getContainer(relayName).inspect();
    const proxy = await engine.getContainer(proxyName).inspect();
    for (const { HostConfig } of [relay, proxy])
      expect(HostConfig).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Privileged: false, PortBindings: {} });
    expect(relay.Mounts.map(({ Source, RW }) => ({ Source, RW }))).toEqual([{ Source: directory, RW: false }]);
    expect(proxy.Mounts.map(({ Type, Name }) => ({ Type, Name }))).toEqual([{ Type: 'volume', Name: proxyName }]);
  });

  test('is left alone where it bears another installation’s name', async () => {
    const other = await docker.connect(settingsFor('hardening-other', { linkDirectory: directory }));
    expect(await other.inspect('hardened')).toEqual({ state: 'absent' });
    await other.remove('hardened', { deleteState: false });
    await expect(other.apply(workload())).rejects.toThrow('belongs to someone else');
    await expect(other.remove('hardened', { deleteState: true })).rejects.toThrow('belongs to someone else');
    expect((await container.inspect()).State.Running).toBe(true);
    await wipe(engine, 'hardening-other');
    expect(() => checkOurs({}, 'The volume', installation)).toThrow('belongs to someone else');
  });
});
