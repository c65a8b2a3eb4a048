import { appendFile, mkdir } from 'node:fs/promises';
import type { AuditCheckpoint } from '@clawster/contract/audit';
import type { AuditSinkPlace } from '@clawster/contract/audit-sink';
import { request } from 'undici';
import { AddressRefused } from '@clawster/outward/address';
import { checkedAgent } from '@clawster/outward/checked-agent';
import type { ControlPlane } from '../plane.ts';
import { checkpointFile } from './checkpoint-file.ts';
import { sendSyslog } from './syslog.ts';

const timeoutMs = 10_000;
const responseBytesMax = 64 * 1024;

type Plane = Pick<ControlPlane, 'settings'>;

/** Sends a checkpoint to a place; resolves with why it failed, in a sentence, or with undefined when it was taken. */
export async function sendCheckpoint(
  plane: Plane,
  place: AuditSinkPlace,
  checkpoint: AuditCheckpoint,
): Promise<string | undefined> {
  const allowPrivate = plane.settings.allowPrivateAddresses;
  try {
    if (place.kind === 'file') return await addToFile(plane, checkpoint);
    if (place.kind === 'webhook') return await post(place.url, checkpoint, allowPrivate);
    await sendSyslog(place, JSON.stringify(checkpoint), { allowPrivate, timeoutMs });
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

async function addToFile(plane: Plane, checkpoint: AuditCheckpoint): Promise<undefined> {
  await mkdir(plane.settings.checkpointsDirectory, { recursive: true, mode: 0o700 });
  await appendFile(checkpointFile(plane, checkpoint.workspaceId), `${JSON.stringify(checkpoint)}\n`, { mode: 0o600 });
}

async function post(url: string, checkpoint: AuditCheckpoint, allowPrivate: boolean): Promise<string | undefined> {
  const dispatcher = checkedAgent({ allowPrivate, responseBytesMax, timeoutMs });
  try {
    const { statusCode, body } = await request(url, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Clawster' },
      body: JSON.stringify(checkpoint),
    });
    await body.dump();
    return statusCode >= 200 && statusCode < 300 ? undefined : `It answered ${statusCode} and not with a 2xx`;
  } finally {
    await dispatcher.destroy();
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const { code, message } = error as { code?: string; message: string };
  return code ? `It could not be reached (${code})` : `It could not be reached: ${message.slice(0, 200)}`;
}
