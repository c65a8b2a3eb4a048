import { isBotId } from '@clawster/target/bot-id';
import { type LeftBehind, leftBehindBy } from '@clawster/target/left-behind';
import type { LyingBot } from '@clawster/target/target';
import type Docker from 'dockerode';
import type { ContainerInfo } from 'dockerode';
import type { Engine } from './apply.ts';
import { findVolume } from './bots.ts';
import { checkOurs, label, nameOf } from './labels.ts';
import { readFile } from './volume-files.ts';
import { withVolume } from './with-volume.ts';

type Labels = Record<string, string> | null | undefined;
/** The engine says when a volume was made; its client's types do not know. */
type Volume = { Name: string; Labels: Labels; CreatedAt?: string };

/** All bots whose volume lies on the engine, whether a container of theirs does or not, named as they were last. */
export async function botsOn(engine: Docker, own: string): Promise<LyingBot[]> {
  const filters = { label: [`${label.role}=bot`] };
  const [{ Volumes }, containers] = await Promise.all([
    engine.listVolumes({ filters }),
    engine.listContainers({ all: true, filters }),
  ]);
  const there = new Map(containers.map((container) => [keyOf(container.Labels), container]));
  return ((Volumes ?? []) as Volume[])
    .filter(isOfABot)
    .map((volume) => lyingIn(volume, there.get(keyOf(volume.Labels)), own));
}

function lyingIn({ Labels, CreatedAt }: Volume, container: ContainerInfo | undefined, own: string): LyingBot {
  const [botId, installation] = [Labels?.[label.bot] ?? '', Labels?.[label.installation] ?? ''];
  const workspaceId = container?.Labels[label.workspace];
  return {
    botId,
    name: named(container?.Labels[label.botName]) ?? botId,
    runs: container?.State === 'running',
    ...madeAt(CreatedAt),
    ...(workspaceId === undefined ? {} : { workspaceId }),
    ...(installation === own ? {} : { installation }),
  };
}

function madeAt(text = ''): { since?: string } {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? {} : { since: time.toISOString() };
}

/** Anybody who may use the engine can write labels: what is no name of ours is nobody's bot. */
function isOfABot({ Name, Labels }: Volume): boolean {
  const [botId, installation] = [Labels?.[label.bot], Labels?.[label.installation]];
  return [botId, installation].every((id) => id !== undefined && isBotId(id)) && Name === nameOf(botId ?? '');
}

const keyOf = (labels: Labels) => JSON.stringify([labels?.[label.installation], labels?.[label.bot]]);

function named(text: string | undefined): string | undefined {
  try {
    const name: unknown = JSON.parse(text ?? '');
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** What the bot's volume says of it; nothing of it is started. */
export async function leftBehindOf(at: Engine, botId: string, owner: string): Promise<LeftBehind> {
  await checkVolume(at.engine, botId, owner);
  const { engine, settings, images } = at;
  const where = { engine, installation: settings.installation, image: await images.any(), botId };
  const left = await withVolume(where, nameOf(botId), (container) => leftBehindBy((name) => readFile(container, name)));
  return left ?? { files: {} };
}

/** Refuses a volume that is not this owner's. */
export async function checkVolume(engine: Docker, botId: string, owner: string): Promise<void> {
  const volume = await findVolume(engine, botId);
  if (volume) checkOurs(volume.Labels, `The volume ${nameOf(botId)}`, owner);
}
