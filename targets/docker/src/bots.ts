import type Docker from 'dockerode';
import type { ContainerInspectInfo } from 'dockerode';
import { label, nameOf, ours } from './labels.ts';
import { unlessMissing } from './missing.ts';

/** A bot's container, as the engine describes it. */
export type Known = { container: Docker.Container; about: ContainerInspectInfo; generation: number };

/** The bot's container, found by its labels. */
export async function findBot(engine: Docker, installation: string, botId: string): Promise<Known | undefined> {
  const filters = ours(installation, { [label.role]: 'bot', [label.bot]: botId });
  const found = await engine.listContainers({ all: true, filters });
  for (const { Id } of found) {
    const container = engine.getContainer(Id);
    // It may be gone by now.
    const about = await unlessMissing(container.inspect());
    if (about) return { container, about, generation: Number(about.Config.Labels[label.generation]) };
  }
  return undefined;
}

/** Ends and removes every container of the bot, those that handed its state on too. */
export async function removeContainers(engine: Docker, installation: string, botId: string): Promise<void> {
  const found = await engine.listContainers({ all: true, filters: ours(installation, { [label.bot]: botId }) });
  for (const { Id } of found) await unlessMissing(engine.getContainer(Id).remove({ force: true }));
}

/** The bot's volume, when it is there. */
export function findVolume(engine: Docker, botId: string) {
  return unlessMissing(engine.getVolume(nameOf(botId)).inspect());
}
