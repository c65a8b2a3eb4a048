import { type Copy, whyNotApply, type Workload } from '@clawster/target/target';
import type Docker from 'dockerode';
import { z } from 'zod';
import { readFile, writeFile } from './volume-files.ts';

const Stored = z.object({ id: z.string(), epoch: z.int() });
/** Its supervisor writes it too, when it meets a newer one. */
const file = 'copy.json';

/** The newest copy of the control plane that this bot has obeyed; it outlives its container, as its state does. */
export async function obeyedCopy(container: Docker.Container): Promise<Copy | undefined> {
  const text = await readFile(container, file);
  return text === undefined ? undefined : Stored.parse(JSON.parse(text));
}

/** Lets the workload's copy have the bot from now on; throws the reason why not. */
export async function obey(container: Docker.Container, workload: Workload): Promise<void> {
  const obeyed = await obeyedCopy(container);
  const reason = whyNotApply(obeyed, workload);
  if (reason) throw new Error(reason);
  const { id, epoch } = workload.copy;
  if (obeyed?.id === id && obeyed.epoch === epoch) return;
  await writeFile(container, file, `${JSON.stringify({ id, epoch })}\n`);
}
