import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import { probeEngine } from './probe.ts';
import { Settings } from './settings.ts';

const settings = Settings.parse({ installation: 'probe', linkDirectory: '/link', egressFile: '/nowhere' });
const able = { MemoryLimit: true, PidsLimit: true, CpuCfsQuota: true, CgroupVersion: '2', Driver: 'overlay2', NCPU: 8 };

/** An engine that says this of itself, and runs nothing. */
const engineOf = (version: object, about: object = {}) =>
  ({
    version: async () => ({ Os: 'linux', Version: '20.10.24', ApiVersion: '1.41', ...version }),
    info: async () => ({ ...able, MemTotal: 32e9, ...about }),
    listContainers: async () => [],
  }) as unknown as Docker;

test('an engine says its version, its storage, what a bot may take, and what room there is', async () => {
  expect(await probeEngine(engineOf({}), settings)).toEqual({
    ok: true,
    message:
      'Docker 20.10.24, overlay2, cgroup v2, 8 CPUs; 32.0 GB of memory, of which 0 bots may take 0.0 GB: room for 14 more of 2.0 GB, each on at most 2 CPUs with 512 processes',
  });
});

test.each([
  [
    'Podman',
    engineOf({ Components: [{ Name: 'Podman Engine', Version: '4.3.1' }] }),
    /^This is Podman 4\.3\.1: .*Docker/,
  ],
  ['an old one', engineOf({ Version: '19.03.1', ApiVersion: '1.40' }), /too old: .* Update the engine/],
  ['one that limits nothing', engineOf({}, { PidsLimit: false }), /cannot limit .*\(PidsLimit\): turn on its cgroups/],
  ['one of another system', engineOf({ Os: 'windows' }), /runs windows containers; bots need/],
  ['a full one', engineOf({}, { MemTotal: 1e9 }), /no room for one more\. Stop a bot there, or add memory/],
])('%s is refused in a sentence that says what to do', async (_, engine, sentence) => {
  expect(await probeEngine(engine, settings)).toEqual({ ok: false, message: expect.stringMatching(sentence) });
});
