import type { Running } from '../gateway/bring-up.ts';
import { writeOwn } from '../gateway/own-file.ts';
import type { Host } from '../host.ts';
import { createDriftFinder, documentName, type Drifted } from './find-drift.ts';
import { hashOfApplied, runsAgain } from '../gateway/runs-again.ts';
import { sayDrift, tellDrift } from './tell-drift.ts';

/** Somebody who changes it again and again is told of no more often; it is put back each time. */
const tellEveryMs = 60_000;

/** Looks whether somebody else changed what the supervisor wrote, and does with it what the bot's policy says. */
export class DriftWatch {
  /** It is time to look, or somebody said that something changed. */
  isDue = false;
  readonly #host: Host;
  readonly #find: (running: Running) => Promise<Drifted[]>;
  /** What is told as left, by the stamps of its files. */
  #left = '';
  /** The gateway's own hash of a document it was seen to run by. */
  #known: { text: string; hash: string } | undefined;
  #untold = 0;
  #tellNotBefore = 0;

  constructor(host: Host) {
    this.#host = host;
    this.#find = createDriftFinder(host.folder);
  }

  /**
   * Looks once; to be asked when nothing of it is being written. What cannot be looked at or put back is told, and tried
   * again with the next look. `restart`: only a new start brings the gateway to its document again.
   */
  async look(running: Running, signal: AbortSignal): Promise<'well' | 'restart'> {
    this.isDue = false;
    const { status, log } = this.#host;
    try {
      const drifted = await this.#find(running);
      if (drifted.length === 0) {
        await this.#know(running);
        return this.#nothingLeft();
      }
      if (running.applied.drift === 'report') return this.#leave(drifted);
      for (const { path, text } of drifted) await writeOwn(path, text);
      this.#tellReverted(drifted);
      const isDocument = drifted.some(({ name }) => name === documentName);
      return isDocument && !(await this.#runsAgain(running, signal)) ? 'restart' : 'well';
    } catch (error) {
      // What is wanted now comes first; the next look sees what is left.
      if (signal.aborted) return 'well';
      const reason = error instanceof Error ? error.message : String(error);
      status.evidence('supervisor', false, `What was changed on its host could not be put back: ${reason}`);
      log('error', 'drift could not be put back', { reason });
      return 'well';
    }
  }

  #nothingLeft(): 'well' {
    this.#left = '';
    this.#host.status.drift(undefined);
    this.#host.status.impair('drift', undefined);
    return 'well';
  }

  #leave(drifted: Drifted[]): 'well' {
    const left = drifted.map(({ name, stamp }) => `${name} ${stamp}`).join();
    if (left === this.#left) return 'well';
    this.#left = left;
    const files = tellDrift(drifted);
    const sentence = `Its configuration was changed on its host: ${sayDrift(files)}`;
    this.#tell({ files, reverted: false }, sentence);
    this.#host.status.impair('drift', sentence);
    return 'well';
  }

  /** Asks the gateway for its hash of a document, once for each, while it runs by it. */
  async #know({ documentText: text, link }: Running): Promise<void> {
    if (this.#known?.text === text) return;
    const hash = await link
      .client()
      .then(hashOfApplied)
      .catch(() => undefined);
    if (hash !== undefined) this.#known = { text, hash };
  }

  async #runsAgain({ documentText: text, link }: Running, signal: AbortSignal): Promise<boolean> {
    const good = this.#known?.text === text ? this.#known.hash : undefined;
    const client = await link.client().catch(() => undefined);
    return client !== undefined && runsAgain(client, { good, signal });
  }

  #tellReverted(drifted: Drifted[]): void {
    this.#nothingLeft();
    this.#untold += 1;
    if (Date.now() < this.#tellNotBefore) return;
    this.#tellNotBefore = Date.now() + tellEveryMs;
    const times = this.#untold;
    this.#untold = 0;
    const files = tellDrift(drifted);
    const sentence = `Changed on its host, and put back: ${sayDrift(files)}`;
    this.#tell({ files, reverted: true, ...(times > 1 ? { times } : {}) }, sentence);
  }

  #tell(drift: { files: ReturnType<typeof tellDrift>; reverted: boolean; times?: number }, sentence: string): void {
    const { status, spool, log } = this.#host;
    log('warn', 'something else was changed on the host', { reason: sentence });
    status.evidence('supervisor', false, sentence);
    const places = drift.files.map(({ file, changes }) => ({ file, paths: changes.map(({ path }) => path) }));
    spool.add('configuration-drifted', { files: places, reverted: drift.reverted });
    status.drift({ at: new Date().toISOString(), ...drift });
  }
}
