import { type Copy, whyNotApply, type Workload } from '@clawster/target/target';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { BotFolder } from './bot-folder.ts';
import { readJson } from './record.ts';

const Stored = z.object({ id: z.string(), epoch: z.int() });

/** The newest copy of the control plane that this bot has obeyed. Its supervisor writes it too, when it meets a newer one. */
export function obeyedCopy(folder: BotFolder): Promise<Copy | undefined> {
  return readJson(folder.copy, Stored);
}

/** Lets the workload's copy have the bot from now on; throws the reason why not. */
export async function obey(folder: BotFolder, workload: Workload): Promise<void> {
  const obeyed = await obeyedCopy(folder);
  const reason = whyNotApply(obeyed, workload);
  if (reason) throw new Error(reason);
  const { id, epoch } = workload.copy;
  if (obeyed?.id === id && obeyed.epoch === epoch) return;
  await writeFileAtomic(folder.copy, `${JSON.stringify({ id, epoch })}\n`, { mode: 0o600 });
}
