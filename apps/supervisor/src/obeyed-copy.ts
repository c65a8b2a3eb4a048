import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Copy } from '@clawster/link/copy';
import writeFileAtomic from 'write-file-atomic';

/** The newest copy of the control plane this bot has obeyed; kept in its folder, where its target reads it too. */
export type ObeyedCopy = {
  /** Undefined before the first. */
  current(): Promise<Copy | undefined>;
  /** Called once the control plane has let us in: what a stranger says of itself counts for nothing. */
  remember(obeyed: Copy | undefined): Promise<void>;
};

export function openObeyedCopy(directory: string): ObeyedCopy {
  const file = join(directory, 'copy.json');
  // Read anew each time: a target notes a newer copy before that is met here.
  const current = () => readCopy(file);
  return {
    current,
    async remember(obeyed) {
      const known = await current();
      if (!obeyed || (known?.id === obeyed.id && known.epoch >= obeyed.epoch)) return;
      await writeFileAtomic(file, `${JSON.stringify(obeyed)}\n`, { mode: 0o600 });
    },
  };
}

async function readCopy(file: string): Promise<Copy | undefined> {
  try {
    return Copy.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is damaged. Remove it, once you are sure which Clawster this bot belongs to`, {
      cause: error,
    });
  }
}
