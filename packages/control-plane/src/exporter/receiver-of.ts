import type { ControlPlane } from '../plane.ts';
import { readUsedSecret } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';
import { type ExporterRow, headersField } from './exporter.queries.ts';
import { headersIn } from './headers.ts';
import type { Receiver } from './send-otlp.ts';
import type { Workspace } from './otel-span.ts';

/** Where an exporter sends to, with its headers in the clear, or in a sentence why it cannot: for sending alone. */
export async function receiverOf(
  tx: Tx,
  { keys, settings }: Pick<ControlPlane, 'keys' | 'settings'>,
  { id, workspaceId, endpoint, hasHeaders }: ExporterRow,
): Promise<Receiver | string> {
  const allowPrivate = settings.allowPrivateAddresses;
  if (!hasHeaders) return { endpoint, headers: {}, allowPrivate };
  const place = { workspaceId, ownerKind: 'exporter', ownerId: id, field: headersField } as const;
  const used = await readUsedSecret(tx, keys, place);
  if (!used) return 'The secret behind its headers was revoked: enter the headers anew';
  const headers = headersIn(used.value);
  if (!headers)
    return 'The secret behind its headers is no header: write each on a line of its own, such as Authorization: Bearer abc';
  return { endpoint, headers, allowPrivate };
}

/** What is told of the workspace with all that is sent. */
export async function workspaceOf(
  tx: Tx,
  { settings }: Pick<ControlPlane, 'settings'>,
  id: string,
): Promise<Workspace> {
  const { name } = await tx.selectFrom('workspace').select('name').where('id', '=', id).executeTakeFirstOrThrow();
  return { id, name, version: settings.version };
}
