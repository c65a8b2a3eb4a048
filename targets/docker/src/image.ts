import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { buildContext, contentOf, type Ingredients } from './build-context.ts';
import { ImageName } from './image-name.ts';
import { label, ours } from './labels.ts';
import { unlessMissing, unlessStatus } from './missing.ts';
import type { Settings } from './settings.ts';

/** A target has a minute to answer; a build goes on after that, and the next try finds it. */
const waitMsMax = 45_000;
/** One that nobody uses yet may be about to be. */
const unusedMsMin = 3_600_000;

export type Images = {
  /** The image of a bot with this runtime. */
  bot(ingredients: Required<Given>): Promise<string>;
  /** The image of what serves bots; much smaller where we build it. */
  tools(ingredients: Given): Promise<string>;
  /** Some image that is there, for a container that never runs. */
  any(): Promise<string>;
  /** Removes those that went out of use, now and then. */
  cleanUp(): Promise<void>;
};
/** What a bot or its state brings; the rest is of the settings. */
type Given = Omit<Ingredients, 'egressFile' | 'plugins'>;

/** Builds in this process, by engine and name: two bots that wait for one image wait for one build. */
const building = new Map<string, Promise<void>>();

/** The images of our containers: pulled by digest where the settings name one, else built on the engine. */
export function openImages(engine: Docker, settings: Settings): Images {
  const { image, egressFile } = settings;
  let cleanedUpAtMs = 0;
  // Seldom: an image is without a container for the moment in which one is made anew.
  const cleanUp = async () => {
    if (Date.now() - cleanedUpAtMs < unusedMsMin) return;
    cleanedUpAtMs = Date.now();
    await removeUnused(engine, settings.installation);
  };
  if (image) {
    const pulled = () => present(engine, image).then(() => image);
    return { bot: pulled, tools: pulled, any: pulled, cleanUp };
  }
  return {
    bot: (given) => built(engine, settings, { ingredients: { ...given, egressFile }, stage: 'bot' }),
    tools: ({ node, supervisor }) =>
      built(engine, settings, { ingredients: { node, supervisor, egressFile }, stage: 'tools' }),
    any: () => present(engine, settings.baseImage),
    cleanUp,
  };
}

type Recipe = { ingredients: Ingredients; stage: 'bot' | 'tools' };

async function built(engine: Docker, settings: Settings, { ingredients, stage }: Recipe): Promise<string> {
  const base = await present(engine, settings.baseImage);
  const content = await contentOf(ingredients, [base, settings.installation]);
  const version = ingredients.runtime?.version ?? 'tools';
  const name = ImageName.parse(`clawster-${stage}:${version}-${content.slice(0, 16)}`);
  if (await unlessMissing(engine.getImage(name).inspect())) return name;
  const key = `${settings.installation} ${name}`;
  const work = building.get(key) ?? build(engine, settings, { ingredients, stage, name });
  building.set(key, work);
  const over = work.finally(() => building.delete(key));
  if (await Promise.race([over.then(() => true), sleep(waitMsMax, false, { ref: false })])) return name;
  over.catch(() => undefined);
  throw new Error(`The engine still builds the image with OpenClaw ${version}; the bot starts once it is there`);
}

async function build(engine: Docker, settings: Settings, recipe: Recipe & { name: string }): Promise<void> {
  await checkArchitecture(engine);
  const stream = await engine.buildImage(buildContext(recipe.ingredients), {
    t: recipe.name,
    target: recipe.stage,
    buildargs: { BASE: settings.baseImage },
    labels: { [label.installation]: settings.installation, [label.role]: 'image' },
    networkmode: 'none',
    rm: true,
    forcerm: true,
  });
  await untilDone(engine, stream, 'The image could not be built');
  await removeUnused(engine, settings.installation);
}

/** The Node that is put in is the one that runs here. */
async function checkArchitecture(engine: Docker): Promise<void> {
  const { Os, Arch } = await engine.version();
  const own = process.arch === 'x64' ? 'amd64' : process.arch;
  if (Os === process.platform && Arch === own) return;
  throw new Error(
    `The engine runs ${Os} on ${Arch}, and Clawster ${process.platform} on ${own}: an image built here would not run there. ` +
      'Build it there from deploy/bot/Dockerfile, put it into a registry and name it in the settings of the target',
  );
}

/** The id of the image; pulled when the engine does not have it. */
export async function present(engine: Docker, name: string): Promise<string> {
  const known = await unlessMissing(engine.getImage(name).inspect());
  if (known) return known.Id;
  const failed = `The engine does not have the image ${name} and could not pull it. Load it there, or name another in the settings of the target`;
  const stream = await engine.pull(name).catch((cause: Error) => {
    throw new Error(`${failed}: ${cause.message}`, { cause });
  });
  await untilDone(engine, stream, failed);
  return (await engine.getImage(name).inspect()).Id;
}

type Progress = { error?: string };

function untilDone(engine: Docker, stream: NodeJS.ReadableStream, failed: string): Promise<void> {
  return new Promise((resolve, reject) => {
    engine.modem.followProgress(stream, (error: Error | null, lines: Progress[]) => {
      const said = error?.message ?? lines.find((line) => line.error)?.error;
      if (said === undefined) resolve();
      else reject(new Error(`${failed}: ${said}`));
    });
  });
}

/** Removes images of ours that no container uses and that nobody has just built. */
export async function removeUnused(engine: Docker, installation: string, nowMs = Date.now()): Promise<void> {
  const [images, containers] = await Promise.all([
    engine.listImages({ filters: ours(installation, { [label.role]: 'image' }) }),
    engine.listContainers({ all: true }),
  ]);
  const used = new Set(containers.map(({ ImageID }) => ImageID));
  const unused = images.filter(({ Id, Created }) => !used.has(Id) && nowMs - Created * 1000 > unusedMsMin);
  // One that came into use meanwhile is kept by the engine.
  for (const { Id } of unused) await unlessStatus(engine.getImage(Id).remove({ force: true }), [404, 409]);
}
