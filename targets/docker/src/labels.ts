/** What every object of ours on an engine bears; what does not is never touched. */
export const label = {
  installation: 'dev.clawster.installation',
  /** `bot`, `relay`, `helper`, `plugins` or `image`. */
  role: 'dev.clawster.role',
  bot: 'dev.clawster.bot',
  botName: 'dev.clawster.bot-name',
  generation: 'dev.clawster.generation',
  copy: 'dev.clawster.copy',
  memory: 'dev.clawster.memory-bytes',
} as const;

type Labels = Record<string, string>;

/** Filters for what is ours, as the engine's lists take them. */
export function ours(installation: string, more: Labels = {}): { label: string[] } {
  const wanted = { [label.installation]: installation, ...more };
  return { label: Object.entries(wanted).map(([name, value]) => `${name}=${value}`) };
}

/** Refuses what bears our name and not our labels. */
export function checkOurs(labels: Labels | null | undefined, what: string, installation: string): void {
  if (labels?.[label.installation] === installation) return;
  throw new Error(`${what} on the engine belongs to someone else: it is left alone. Rename or remove it`);
}

/** The name of a bot's container, volume and network. */
export const nameOf = (botId: string): string => `clawster-${botId}`;
