import { createHash } from 'node:crypto';

/** What every object of ours on an engine bears; what does not is never touched. */
export const label = {
  installation: 'dev.clawster.installation',
  /** `bot`, `relay`, `egress`, `helper`, `plugins`, `image` or, in a Swarm, `start`: what a bot is told. */
  role: 'dev.clawster.role',
  bot: 'dev.clawster.bot',
  workspace: 'dev.clawster.workspace',
  botName: 'dev.clawster.bot-name',
  generation: 'dev.clawster.generation',
  copy: 'dev.clawster.copy',
  memory: 'dev.clawster.memory-bytes',
  /** In a Swarm: the node that a bot's state lies on, by id and name. */
  node: 'dev.clawster.node',
  /** In a Swarm: where its bot was told to find the control plane. */
  home: 'dev.clawster.home',
  /** In a Swarm: no bot is there any more, its state is. */
  kept: 'dev.clawster.kept',
  /** The SHA-256 of what a bot says to the egress proxy. */
  credentialHash: 'dev.clawster.egress-credential-sha256',
  /** In a Swarm: the SHA-256 of the list that a bot's egress proxy goes by. */
  list: 'dev.clawster.egress-list-sha256',
  /** In a Swarm: when the last line was written that was read of what a bot was refused. */
  told: 'dev.clawster.egress-told',
  /** What one of ours that serves bots was made of: another is made in its place when that changes. */
  madeOf: 'dev.clawster.made-of',
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

/** A short word that stands for an installation in the names of what serves all its bots. */
export const tagOf = (installation: string): string =>
  createHash('sha256').update(installation).digest('hex').slice(0, 12);

/** The name of a bot's container, volume and network. */
export const nameOf = (botId: string): string => `clawster-${botId}`;
