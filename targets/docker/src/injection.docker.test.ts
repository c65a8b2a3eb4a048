import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { egressCredential } from '@clawster/target/egress';
import { hostileTexts } from '@clawster/target/testing/hostile-texts';
import { someWorkload } from '@clawster/target/testing/some-workload';
import type Docker from 'dockerode';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { docker } from './docker.ts';
import { label, nameOf, ours } from './labels.ts';
import { ensureBotNetwork } from './network.ts';
import { openEngine } from './open-engine.ts';
import { Settings } from './settings.ts';
import { pluginsMount } from './plugins.ts';
import { botContainer } from './start-bot.ts';
import { describeOnEngine, settingsFor } from './testing/engine-under-test.ts';
import { wipe } from './testing/wipe.ts';
import { type RecordingFront, recordingFront } from './testing/recording-front.ts';
import { wayHome } from './way-home.ts';

// S16: hostile texts by every way into the driver; what the engine was asked, and what it has then, is looked at.

const installation = 'injection';
const botId = 'injected';
const supervisor = { file: '/nowhere', version: '1' };
const workload = someWorkload({ botId, supervisor });
let tried = 0;
const letIn: string[] = [];

/** Whether the text did what it may not is for the caller to say; it is counted here. */
function count(what: string, didHarm: boolean): void {
  tried += 1;
  if (didHarm) letIn.push(what.slice(0, 80));
}

describeOnEngine('injection into the driver', (engine) => {
  let front: RecordingFront;
  let settings: Settings;
  let own: string[];
  beforeAll(async () => {
    await wipe(engine, installation);
    const direct = settingsFor(installation, { linkDirectory: '/tmp' });
    if (direct.connection.via !== 'socket') throw new Error('The engine under test has a socket');
    front = await recordingFront(direct.connection.path);
    settings = { ...direct, connection: { via: 'socket', path: front.socket } };
    await engine.createVolume({
      Name: nameOf(botId),
      Labels: { [label.installation]: installation, [label.role]: 'bot', [label.bot]: botId },
    });
    own = await all(engine);
  });
  afterAll(async () => {
    await front.close();
    await wipe(engine, installation);
    process.stdout.write(`S16 docker: tried ${tried}, let in ${letIn.length}\n`);
  });

  test('no text that is no id reaches the engine as one', async () => {
    const target = await docker.connect(settings);
    const tools = { node: process.execPath, supervisor };
    for (const id of hostileTexts) {
      const ways = [
        () => target.inspect(id),
        () => target.apply({ ...workload, botId: id }),
        () => target.stop(id),
        () => target.remove(id, { deleteState: true }),
        () => target.logs?.(id, 10),
        () => target.leftBehind?.(id),
        () => target.exportState?.(id, tools),
        () => target.importState?.(id, Readable.from([]), tools),
      ];
      for (const way of ways) {
        const isRefused = /id of a bot/.test((await refusal(way)) ?? '');
        count(`the id ${id}`, !isRefused || front.asked.length > 0);
      }
    }
    expect(letIn).toEqual([]);
  });

  test('a name, a workspace and an address are labels and one line of hosts, and nothing else of a container', async () => {
    const network = await ensureBotNetwork(engine, settings, botId);
    const credential = egressCredential(botId, '127.0.0.1:1');
    const client = await openEngine(settings.connection);
    const home = wayHome(settings);
    if (typeof home === 'string') throw new Error(home);
    const make = async (text: string, host = home) => {
      const parts = {
        workload: { ...workload, botName: text, workspaceId: text },
        image: settings.baseImage,
        network,
        credential,
      };
      const made = await client.createContainer(botContainer({ ...parts, home: host, settings }));
      const about = await made.inspect();
      await made.remove();
      return about;
    };
    const plain = await make('Ada');
    for (const text of hostileTexts.filter(isLabel)) {
      const host = hostOf(settings, text);
      const { Config, HostConfig, Name, Mounts } = await make(text, host ?? home);
      const { [label.botName]: name, [label.workspace]: workspace, ...labels } = Config.Labels;
      const { [label.botName]: _, [label.workspace]: __, ...plainLabels } = plain.Config.Labels;
      expect([JSON.parse(name ?? ''), workspace, labels]).toEqual([text, text, plainLabels]);
      expect({ ...HostConfig, ExtraHosts: [] }).toEqual({ ...plain.HostConfig, ExtraHosts: [] });
      expect(HostConfig.ExtraHosts).toEqual([`${(host ?? home).host}:${network.relay}`]);
      expect([Name, Config.Cmd, Config.Env, Config.Entrypoint, mountsOf(Mounts)]).toEqual([
        plain.Name,
        plain.Config.Cmd,
        plain.Config.Env,
        plain.Config.Entrypoint,
        mountsOf(plain.Mounts),
      ]);
      count(`the name ${text}`, false);
    }
  });

  test('the name of another installation is a value to look for, and never another question', async () => {
    for (const text of hostileTexts.filter((one) => one !== '' && one.length < 1_000)) {
      const target = await docker.connect({ ...settings, installation: text });
      front.asked.length = 0;
      const seen = await target.inspect(botId).catch(() => ({ state: 'absent' }));
      await refusal(() => target.remove(botId, { deleteState: true }));
      const looked = front.asked.map(({ query }) => query.get('filters')).filter((filters) => filters !== null);
      const asked = looked.flatMap((filters) => (JSON.parse(filters) as { label: string[] }).label);
      const isExact = asked.length > 0 && asked.every((one) => allowedFilters(text).includes(one.toWellFormed()));
      count(`the installation ${text}`, seen.state !== 'absent' || !isExact);
    }
    expect(letIn).toEqual([]);
  });

  test('the name of an image leads to images alone, in settings and at the engine', async () => {
    const digest = `@sha256:${'0'.repeat(64)}`;
    for (const text of hostileTexts)
      for (const given of [{ baseImage: text }, { image: `${text}${digest}` }]) {
        front.asked.length = 0;
        const { data } = Settings.safeParse({ ...settings, ...given });
        if (data) await refusal(async () => (await docker.connect(data)).leftBehind?.(botId));
        const paths = front.asked.map(({ path }) => path);
        count(`the image ${JSON.stringify(given)}`, !paths.every((path) => isOfImages(path)));
      }
    expect(letIn).toEqual([]);
  });

  test('a version, a user and a machine are no options, and an address that is none is refused', async () => {
    const target = await docker.connect({ ...settings, stopTimeoutMs: 1 });
    for (const text of hostileTexts.filter((one) => !/^[\w.-]+$/.test(one))) {
      front.asked.length = 0;
      const given = { ...workload, runtime: { ...workload.runtime, version: text, node: process.execPath } };
      await refusal(() => target.apply(given));
      count(`the version ${text}`, !front.asked.every(({ path }) => !path.includes('..') && !/[;|$`]/.test(path)));
      const url = Settings.safeParse({ ...settings, controlPlaneUrl: text });
      count(`the control plane ${text}`, url.success && !/^https?:/.test(text));
    }
    expect(letIn).toEqual([]);
  });

  test('nothing more is on the engine, and nothing was run', async () => {
    expect(front.asked.flatMap(({ headers }) => headers)).not.toContain('x-injected');
    expect(existsSync('/tmp/pwned')).toBe(false);
    const network = (await engine.listNetworks({ filters: ours(installation) })).map(({ Name }) => `network ${Name}`);
    expect(network).toEqual([`network ${nameOf(botId)}`]);
    const plugins = pluginsMount(installation, workload.runtime.version).Source;
    expect((await all(engine)).filter((name) => name !== plugins)).toEqual(own);
    expect(tried).toBeGreaterThan(300);
  });
});

/** In an order that the engine does not keep. */
const mountsOf = (mounts: { Destination: string }[]) =>
  mounts.toSorted((a, b) => a.Destination.localeCompare(b.Destination));

/** What JSON and the engine can hold as it is; names are far shorter. */
const isLabel = (text: string) => text !== '' && text.length < 1_000 && text.isWellFormed() && !text.includes('\0');

/** The way home where the text is part of an address that can be one. */
function hostOf(settings: Settings, text: string) {
  const given = Settings.safeParse({ ...settings, controlPlaneUrl: `http://${text}` });
  const home = given.data ? wayHome(given.data) : undefined;
  return home === undefined || typeof home === 'string' ? undefined : home;
}

const allowedFilters = (text: string) =>
  Object.entries({ [label.installation]: text, [label.role]: 'bot', [label.bot]: botId })
    .map(([name, value]) => `${name}=${value}`.toWellFormed())
    .concat(['relay', 'egress', 'plugins'].map((role) => `${label.role}=${role}`));

const isOfImages = (path: string) =>
  /^\/(images\/[A-Za-z0-9][\w./:@-]*\/json|images\/create|containers\/json|volumes\/clawster-injected)$/.test(path) &&
  !path.split('/').includes('..');

async function refusal(way: () => Promise<unknown> | undefined): Promise<string | undefined> {
  try {
    const stream = await way();
    if (stream instanceof Readable) await once(stream.resume(), 'close');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Containers and volumes of this installation. */
async function all(engine: Docker): Promise<string[]> {
  const filters = ours(installation);
  const [containers, { Volumes }] = await Promise.all([
    engine.listContainers({ all: true, filters }),
    engine.listVolumes({ filters }),
  ]);
  return [...containers.map(({ Id }) => Id), ...(Volumes ?? []).map(({ Name }) => Name)];
}
