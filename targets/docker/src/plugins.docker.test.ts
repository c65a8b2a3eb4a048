import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilState } from '@clawster/target/conformance-suite';
import type { ConnectedTarget } from '@clawster/target/target';
import { someWorkload } from '@clawster/target/testing/some-workload';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docker } from './docker.ts';
import { label, ours } from './labels.ts';
import { pluginsMount } from './plugins.ts';
import { describeOnEngine, settingsFor, wipe } from './testing/engine-under-test.ts';

const installation = 'plugins';
const supervisor = {
  file: join(import.meta.dirname, '../../../packages/target/src/testing/tiny-supervisor.mjs'),
  version: '1.0.0',
};

describeOnEngine('the plugins of a version', (engine) => {
  let directory: string;
  let target: ConnectedTarget;
  const workload = (generation: number, version: string) => {
    const some = someWorkload({ botId: 'talker', supervisor, generation });
    return { ...some, runtime: { ...some.runtime, version, directory } };
  };
  const volumes = async () => {
    const { Volumes } = await engine.listVolumes({ filters: ours(installation, { [label.role]: 'plugins' }) });
    return (Volumes ?? []).map(({ Name }) => Name.slice(Name.lastIndexOf('-') + 1));
  };

  beforeAll(async () => {
    await wipe(engine, installation);
    directory = await mkdtemp(join(tmpdir(), 'clawster-plugins-'));
    await writeFile(join(directory, 'pnpm-lock.yaml'), 'packages: {}');
    target = await docker.connect(settingsFor(installation, { linkDirectory: directory, stopTimeoutMs: 1_000 }));
  });
  afterAll(async () => {
    await wipe(engine, installation);
    await rm(directory, { recursive: true });
  });

  test('go with the last bot that has the version, stopped or not', async () => {
    await target.apply(workload(1, '2026.9.5'));
    await untilState(target, 'talker', 'running');
    await target.placePlugin?.({ version: '2026.9.5', channel: 'slack', directory });
    await target.stop('talker');
    expect(await volumes()).toEqual(['2026.9.5']);
    await target.apply(workload(2, '2026.9.6'));
    expect(await volumes()).toEqual(['2026.9.6']);
    await target.remove('talker', { deleteState: false });
    expect(await volumes()).toEqual([]);
  });

  test('are placed in nothing that is someone else’s', async () => {
    const name = pluginsMount(installation, '2026.9.7').Source;
    await engine.createVolume({ Name: name, Labels: {} });
    const placing = target.placePlugin?.({ version: '2026.9.7', channel: 'slack', directory });
    await expect(placing).rejects.toThrow('belongs to someone else');
    await engine.getVolume(name).remove();
  });
});
