import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import tar from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildContext } from './build-context.ts';
import { removeUnused } from './image.ts';
import { label } from './labels.ts';
import { unlessMissing } from './missing.ts';
import { describeOnEngine, settingsFor } from './testing/engine-under-test.ts';
import { wipe } from './testing/wipe.ts';
import { readFile } from './volume-files.ts';
import { withIdle } from './with-volume.ts';

const installation = 'images';
const ours = { [label.installation]: installation, [label.role]: 'image' };
const hourMs = 3_600_000;

describeOnEngine('images on an engine', (engine) => {
  const names = ['unused', 'used', 'strange', 'unlabelled'].map((name) => `clawster-test-images:${name}`);
  const [unused = '', used = '', strange = '', unlabelled = ''] = names;
  const there = async () => {
    const found = await Promise.all(names.map((name) => unlessMissing(engine.getImage(name).inspect())));
    return names.filter((_, index) => found[index]);
  };

  async function build(name: string, labels: Record<string, string>) {
    const archive = tar.pack();
    archive.entry({ name: 'Dockerfile' }, `FROM ${settingsFor(installation).baseImage}\nENV NAME=${name}\n`);
    archive.finalize();
    await text(await engine.buildImage(archive as unknown as NodeJS.ReadableStream, { t: name, labels }));
  }

  beforeAll(async () => {
    await wipe(engine, installation);
    await build(unused, ours);
    await build(used, ours);
    await build(strange, { ...ours, [label.installation]: 'another' });
    await build(unlabelled, {});
    await engine.createContainer({ Image: used, Cmd: ['true'], Labels: ours });
  });
  afterAll(async () => {
    await wipe(engine, installation);
    for (const name of await there()) await engine.getImage(name).remove({ force: true });
  });

  test('stay for an hour; then those of ours go that no container has, running or not', async () => {
    await removeUnused(engine, installation);
    expect(await there()).toEqual(names);
    await removeUnused(engine, installation, Date.now() + hourMs + 60_000);
    expect(await there()).toEqual([used, strange, unlabelled]);
  });

  test('of one’s own registry hold the plugins of channels, for everybody to read; those built on the engine need none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'clawster-image-'));
    const [directory, plugin] = [join(folder, 'openclaw'), join(folder, 'slack')];
    for (const made of [directory, plugin]) await mkdir(made);
    await writeFile(join(plugin, 'clawster-plugin.json'), '{"whole":true}');
    const runtime = { version: '2026.9.6', directory, node: process.execPath, compileCacheDirectory: '/nowhere' };
    const own = {
      node: process.execPath,
      supervisor: { file: join(import.meta.dirname, 'labels.ts'), version: '1.0.0' },
      egressFile: join(import.meta.dirname, 'labels.ts'),
      runtime,
    };
    const { baseImage } = settingsFor(installation);
    const marks = [];
    for (const plugins of [[{ channel: 'slack', directory: plugin }], []]) {
      const image = 'clawster-test-images:own';
      const made = buildContext({ ...own, plugins });
      const built = await text(
        await engine.buildImage(made, { t: image, labels: ours, buildargs: { BASE: baseImage } }),
      );
      expect(built).toContain('Successfully built');
      const mount = { Type: 'tmpfs', Source: '', Target: '/bot' } as const;
      marks.push(
        await withIdle(engine, { image, labels: ours, mount }, (container) =>
          readFile(container, '/opt/clawster/plugins/slack/clawster-plugin.json'),
        ),
      );
    }
    expect(marks).toEqual(['{"whole":true}', undefined]);
    await rm(folder, { recursive: true });
  });
});
