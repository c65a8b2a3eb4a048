import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Delivery, DeliveryEnd } from '@clawster/link/team';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** So long the same delivery is known again: the control plane asks no longer than that. */
const keptMs = 7 * 86_400_000;

/** What is known of a delivery: written down before anything is done about it. */
const Entry = z.object({
  delivery: Delivery,
  at: z.number(),
  /** Its turn was asked for, or may have been. */
  begunAt: z.number().optional(),
  /** It is to be ended, and must not go on by itself. */
  cancelled: z.string().optional(),
  end: DeliveryEnd.optional(),
  /** What the control plane was told, and confirmed. */
  told: z.enum(['nothing', 'begin', 'end']).default('nothing'),
});
export type Entry = z.infer<typeof Entry>;

/** The deliveries of a bot on its host's disk, each in a file of its own. */
export class DeliveryBook {
  readonly #directory: string;
  readonly #entries = new Map<string, Entry>();
  /** Writes of one file do not overtake each other. */
  readonly #writes = new Map<string, Promise<unknown>>();

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** What was there before; what is long over is thrown away, and what cannot be read is as if it never came. */
  static async open(directory: string): Promise<DeliveryBook> {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const book = new DeliveryBook(directory);
    for (const name of await readdir(directory)) {
      const file = join(directory, name);
      // What a write left behind that was cut short is none.
      const entry = name.endsWith('.json') ? read(await readFile(file, 'utf8')) : undefined;
      if (!entry || isOld(entry)) await rm(file, { force: true });
      else book.#entries.set(entry.delivery.id, entry);
    }
    return book;
  }

  get(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** In the order they came. */
  all(): Entry[] {
    return [...this.#entries.values()].toSorted((one, other) => one.at - other.at);
  }

  /** Resolves once it is on the disk. */
  async put(entry: Entry): Promise<void> {
    const { id } = entry.delivery;
    const isNew = !this.#entries.has(id);
    this.#entries.set(id, entry);
    const before = this.#writes.get(id) ?? Promise.resolve();
    const written = before.then(() => this.#write(id));
    this.#writes.set(
      id,
      written.catch(() => {}),
    );
    await written;
    if (isNew) await this.#forgetOld();
  }

  async #forgetOld(): Promise<void> {
    for (const [id, entry] of this.#entries) {
      if (!isOld(entry)) continue;
      this.#entries.delete(id);
      await rm(join(this.#directory, `${id}.json`), { force: true });
    }
  }

  /** As it is by now, which may be later than what was put. */
  async #write(id: string): Promise<void> {
    await writeFileAtomic(join(this.#directory, `${id}.json`), JSON.stringify(this.#entries.get(id)), { mode: 0o600 });
  }
}

function isOld({ told, at }: Entry): boolean {
  return told === 'end' && at < Date.now() - keptMs;
}

function read(text: string): Entry | undefined {
  try {
    return Entry.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
