import { createHash } from 'node:crypto';
import { PassThrough, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { NoState } from '@clawster/target/no-state';

/** What bots on a stand-in host remember, as their target hands it on and takes it in. */
export class StandInState {
  readonly #memories = new Map<string, string>();
  /** Set by a test: what goes wrong next, once the archive is half through. */
  trouble: { export?: Error; import?: Error } = {};
  /** Set by a test: how slowly an export comes. */
  delayMs = 0;
  exports = 0;
  /** Archives that are being read. */
  open = 0;
  imports = 0;

  remember(botId: string, text: string): void {
    this.#memories.set(botId, text);
  }

  memoryOf(botId: string): string | undefined {
    return this.#memories.get(botId);
  }

  forget(botId: string): void {
    this.#memories.delete(botId);
  }

  export(botId: string): Readable {
    const memory = this.#memories.get(botId);
    if (memory === undefined) throw new NoState();
    this.exports += 1;
    const archive = new PassThrough();
    this.open += 1;
    archive.write(`${sumOf(memory)}\n`);
    const { export: trouble } = this.trouble;
    delete this.trouble.export;
    const timer = setTimeout(() => (trouble ? archive.destroy(trouble) : archive.end(memory)), this.delayMs);
    archive.once('close', () => {
      clearTimeout(timer);
      this.open -= 1;
    });
    return archive;
  }

  async import(botId: string, archive: Readable): Promise<void> {
    const text = (await buffer(archive)).toString('utf8');
    const { import: trouble } = this.trouble;
    delete this.trouble.import;
    if (trouble) throw trouble;
    const end = text.indexOf('\n');
    if (sumOf(text.slice(end + 1)) !== text.slice(0, end)) throw new Error('The archive was cut short');
    this.imports += 1;
    this.#memories.set(botId, text.slice(end + 1));
  }
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
