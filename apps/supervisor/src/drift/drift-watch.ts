import { takeDocument } from '../gateway/apply-changes.ts';
import type { Running } from '../gateway/bring-up.ts';
import { writeDocument } from '../gateway/document.ts';
import { writeOwn } from '../gateway/own-file.ts';
import type { Host } from '../host.ts';
import { createDriftFinder, documentName, type Drifted } from './find-drift.ts';
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
      if (drifted.length === 0) return this.#nothingLeft();
      if (running.applied.drift === 'report') return this.#leave(drifted);
      const outcome = await this.#putBack(running, drifted, signal);
      this.#tellReverted(drifted);
      return outcome;
    } catch (error) {
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

  async #putBack(running: Running, drifted: Drifted[], signal: AbortSignal): Promise<'well' | 'restart'> {
    const isDocument = drifted.some(({ name }) => name === documentName);
    for (const { name, path, text } of drifted) if (name !== documentName) await writeOwn(path, text);
    if (!isDocument) return 'well';
    const { documentText: text } = running;
    const client = await running.link.client(0, signal).catch(() => undefined);
    // Without a connection, as when the gateway starts itself anew over what was changed, it is put back all the same.
    if (!client) await writeDocument(this.#host.folder.config, text);
    return client && (await takeDocument(this.#host, client, { text, signal })) === 'applied' ? 'well' : 'restart';
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
