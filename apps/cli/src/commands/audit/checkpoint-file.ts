import { appendFile, readFile } from 'node:fs/promises';
import { AuditCheckpoint } from '@clawster/contract/audit';
import { CliRefusal } from '../../failure.ts';

/** The checkpoints of a workspace in a file of one JSON object a line, oldest first. */
export async function readCheckpoints(file: string, workspaceId: string): Promise<AuditCheckpoint[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new CliRefusal(
      `${file} cannot be read (${cause.code}): name the file with the checkpoints that were kept`,
      undefined,
      { cause },
    );
  });
  const all = text
    .split('\n')
    .map((line, index) => ({ line, place: `${file}, line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) => parse(line, place));
  const ours = all.filter((checkpoint) => checkpoint.workspaceId === workspaceId);
  if (ours.length === 0)
    throw new CliRefusal(`${file} has no checkpoint of this workspace: name the file that was kept for this one`);
  return ours.toSorted((one, other) => one.number - other.number);
}

/** Adds a checkpoint to a file, which nobody else may read. */
export async function keepCheckpoint(file: string, checkpoint: AuditCheckpoint): Promise<void> {
  await appendFile(file, `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
    throw new CliRefusal(`${file} cannot be written (${cause.code}): choose a file in a folder of yours`, undefined, {
      cause,
    });
  });
}

function parse(line: string, place: string): AuditCheckpoint {
  const parsed = AuditCheckpoint.safeParse(jsonIn(line));
  if (!parsed.success) throw new CliRefusal(`${place} is no checkpoint: put back the file as it was kept`);
  return parsed.data;
}

function jsonIn(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
