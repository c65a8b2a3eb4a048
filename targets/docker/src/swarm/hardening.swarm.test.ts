import { untilState } from '@clawster/target/conformance-suite';
import type { ConnectedTarget } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dockerSwarm } from '../docker-swarm.ts';
import { run } from '../testing/run.ts';
import { nameOf } from './names.ts';
import { containersOf, describeInSwarm, swarmSettingsFor, wipeSwarm } from './testing/lab-under-test.ts';

const installation = 'hardening';
const inSwarm = `${installation}-swarm`;
const workload = someWorkload({ botId: 'hardened', supervisor: { file: '/nowhere', version: '1.0.0' } });

describeInSwarm('a bot’s task', (lab) => {
  /** Something that answers outside; as its control plane, a bot reaches it, and else not. */
  const outside = lab.image.split('/')[0] ?? '';
  let target: ConnectedTarget;
  let container: Docker.Container;

  beforeAll(async () => {
    await wipeSwarm(lab, inSwarm);
    target = await dockerSwarm.connect(swarmSettingsFor(lab, installation, { controlPlaneUrl: `http://${outside}` }));
    await target.apply(workload);
    await untilState(target, 'hardened', 'running');
    const [found] = await containersOf(lab, inSwarm, 'hardened');
    if (!found) throw new Error('The bot is not there');
    container = found;
  });
  afterAll(() => wipeSwarm(lab, inSwarm));

  test('is bound on its node as the list says, line by line', async () => {
    const { HostConfig: host, Config: config, Mounts: mounts } = await container.inspect();
    expect(config.User).toBe('1000:1000');
    expect([host.ReadonlyRootfs, host.Privileged, host.Init]).toEqual([true, false, true]);
    expect([host.CapDrop, host.CapAdd ?? []]).toEqual([['ALL'], []]);
    expect([host.PidsLimit, host.Memory, host.NanoCpus]).toEqual([512, 2.75e9, 2e9]);
    expect(host.LogConfig).toEqual({ Type: 'json-file', Config: { 'max-size': '5m', 'max-file': '2' } });
    expect(host.RestartPolicy?.Name ?? '').toBe('');
    expect([host.PidMode, host.UTSMode, host.UsernsMode, host.IpcMode]).toEqual(['', '', '', 'private']);
    expect([host.Devices ?? [], host.Binds ?? [], host.PortBindings ?? {}]).toEqual([[], [], {}]);
    const disks = mounts.filter(({ Type }) => Type !== 'tmpfs').map(({ Type, Name }) => ({ Type, Name }));
    expect(disks).toEqual([{ Type: 'volume', Name: nameOf('hardened') }]);
    const names = config.Env.map((pair) => pair.split('=')[0]);
    expect(names.filter((name) => !['HOME', 'LANG', 'PATH'].includes(name ?? ''))).toEqual([]);
  });

  test('has no rights, can write nowhere but in its volume, and start nothing from /tmp', async () => {
    expect(await run(container, 'id -u; grep -E "^(CapEff|CapBnd|Seccomp):" /proc/self/status')).toMatch(
      /^1000\s+CapEff:\s+0+\s+CapBnd:\s+0+\s+Seccomp:\s+2\s*$/,
    );
    expect(await run(container, 'touch /etc/x /opt/clawster/x || true')).toMatch(/Read-only file system/);
    expect(await run(container, 'mount | grep " /tmp "')).toMatch(/nosuid,nodev,noexec.*size=65536k/);
  });

  test('reaches its control plane by name, and no other machine, name or bot', async () => {
    const connects = (host: string, port: number) =>
      run(
        container,
        `node -e "require('node:net').connect(${port}, '${host}').setTimeout(2000, () => process.exit(1))` +
          `.on('connect', () => { console.log('reached'); process.exit(0); }).on('error', () => process.exit(1))"`,
      );
    const port = Number(outside.split(':')[1]);
    const asked = `node -e "fetch('http://clawster:${port}/v2/').then((r) => console.log(r.status))"`;
    // Its relay comes up beside it.
    await expect.poll(() => run(container, asked)).toBe('200\n');
    for (const place of [outside, '10.77.0.10:2377', '1.1.1.1:53', 'example.com:80']) {
      const [host = '', at] = place.split(':');
      expect(await connects(host, Number(at)), place).not.toContain('reached');
    }
  });

  test('says what it wrote, and is left alone where it bears another installation’s name', async () => {
    expect(await target.logs?.('hardened', 5)).toEqual(['running generation 1']);
    const other = await dockerSwarm.connect(swarmSettingsFor(lab, 'another'));
    expect(await other.inspect('hardened')).toEqual({ state: 'absent' });
    await other.remove('hardened', { deleteState: true });
    await expect(other.apply(workload)).rejects.toThrow('belongs to someone else');
    expect((await container.inspect()).State.Running).toBe(true);
    await wipeSwarm(lab, 'another-swarm');
  });

  test('leaves no secret, service or network behind when it is removed', async () => {
    await target.remove('hardened', { deleteState: true });
    const filters = { label: [`dev.clawster.installation=${inSwarm}`] };
    const left = () =>
      Promise.all([
        lab.manager.listServices({ filters }),
        lab.manager.listSecrets({ filters }),
        lab.manager.listNetworks({ filters }),
      ]);
    // A node still lists a network until the last task in it has ended there.
    await expect.poll(left).toEqual([[], [], []]);
  });
});
