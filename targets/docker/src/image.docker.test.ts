import { text } from 'node:stream/consumers';
import tar from 'tar-stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeUnused } from './image.ts';
import { label } from './labels.ts';
import { unlessMissing } from './missing.ts';
import { describeOnEngine, settingsFor } from './testing/engine-under-test.ts';
import { wipe } from './testing/wipe.ts';

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
});
