import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Running } from '../gateway/bring-up.ts';
import type { Host } from '../host.ts';
import { runTurn, type TurnEnd } from './run-turn.ts';

/** The control plane does not ask the same again for longer. */
const keptMs = 86_400_000;

const Tell = z.object({
  id: z.string(),
  session: z.string(),
  message: z.string(),
  at: z.number(),
  isDone: z.boolean().default(false),
});
type Tell = z.infer<typeof Tell>;

type Options = {
  host: Pick<Host, 'log'>;
  file: string;
  running: () => Running | undefined;
  whyNoTurns: () => string | undefined;
  /** How a turn ended, before it is forgotten. */
  ended: (session: string, end: TurnEnd) => Promise<void>;
};

/** Turns in conversations there are, because something came that they wait for: one for each id. */
export class Tells {
  readonly #options: Options;
  #tells: Tell[];
  readonly #active = new Set<string>();
  #written = Promise.resolve();

  private constructor(options: Options, tells: Tell[]) {
    this.#options = options;
    this.#tells = tells;
  }

  /** With those that were written down before; a file that cannot be read holds none. */
  static async open(options: Options): Promise<Tells> {
    const text = await readFile(options.file, 'utf8').catch(() => '[]');
    return new Tells(options, z.array(Tell).catch([]).parse(read(text)));
  }

  /** Resolves once it is written down; a second time it changes nothing. */
  async take(tell: Pick<Tell, 'id' | 'session' | 'message'>): Promise<void> {
    if (this.#tells.some(({ id }) => id === tell.id)) return this.#written;
    this.#tells.push({ ...tell, at: Date.now(), isDone: false });
    await this.#keep();
    this.look();
  }

  /** Begins those that wait, and goes on with those that were begun. */
  look(): void {
    const gateway = this.#options.running();
    if (!gateway || gateway.gone.aborted || this.#options.whyNoTurns() !== undefined) return;
    for (const tell of this.#tells) if (!tell.isDone && !this.#active.has(tell.id)) void this.#run(tell, gateway);
  }

  async #run(tell: Tell, { link, gone }: Running): Promise<void> {
    const { id, session, message } = tell;
    this.#active.add(id);
    try {
      const end = await runTurn({ session, message, runId: `clawster-tell:${id}` }, { link, signal: gone });
      await this.#options.ended(session, end);
      Object.assign(tell, { isDone: true, message: '' });
      await this.#keep();
    } catch (error) {
      this.#options.host.log('info', 'something that is to be told waits for the gateway', {
        id,
        reason: String(error),
      });
    } finally {
      this.#active.delete(id);
    }
  }

  #keep(): Promise<void> {
    const since = Date.now() - keptMs;
    this.#tells = this.#tells.filter(({ at, isDone }) => !isDone || at > since);
    const { file } = this.#options;
    this.#written = this.#written.then(() => writeFileAtomic(file, JSON.stringify(this.#tells), { mode: 0o600 }));
    return this.#written;
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return [];
  }
}
