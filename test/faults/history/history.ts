/** What a client asks for. Each changes one bot, and leaves one event of its own. */
export const verbs = ['create', 'start', 'stop', 'pause', 'resume', 'restart', 'update', 'destroy'] as const;
export type Verb = (typeof verbs)[number];

/**
 * One line of a client's journal. `ok`: acknowledged. `fail`: surely nothing happened. `info`: nobody knows, as after
 * a timeout; it may take effect at any later time.
 */
export type Line = {
  id: number;
  at: number;
  type: 'invoke' | 'ok' | 'fail' | 'info';
  verb: Verb;
  bot: string;
  /** What an update writes; no two are the same. */
  value?: string;
  why?: string;
};

/** The rows of the database the promises are about, as they are read when all is over. */
export type BotRow = {
  id: string;
  name: string;
  generation: number;
  restartCount: number;
  desired: string;
  personality: string;
  phase: string;
};
export type EventRow = { id: string; type: string; subjectId?: string | undefined; detail: Record<string, unknown> };
export type Tables = { bots: BotRow[]; events: EventRow[] };

export const eventOf: Record<Verb, string> = {
  create: 'bot-created',
  start: 'bot-started',
  stop: 'bot-stopped',
  pause: 'bot-paused',
  resume: 'bot-resumed',
  restart: 'bot-restarted',
  update: 'bot-updated',
  destroy: 'bot-destroyed',
};

/** What each makes the bot's wanted state; the others leave it as it is. */
export const desiredBy: Partial<Record<Verb, string>> = {
  start: 'running',
  stop: 'stopped',
  pause: 'paused',
  resume: 'running',
  destroy: 'destroyed',
};
