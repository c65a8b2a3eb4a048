import { randomUUID } from 'node:crypto';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import type { OpenedKey } from '../secret/data-key.ts';
import { findInstallationKey, openInstallationKey } from '../secret/installation-key.ts';
import { seal, unseal } from '../secret/envelope.ts';
import { findTotpById, type TotpRow } from './factor.queries.ts';

const purpose = 'second-factor';

/** Encrypts an authenticator's secret, bound to its person and row. It belongs to no workspace, so its key is the installation's. */
export async function sealTotp(plane: ControlPlane, personId: string, secret: string): Promise<TotpRow> {
  const { key, kekId } = await openInstallationKey(plane, purpose);
  const id = randomUUID();
  return { id, kekId, ...seal(key, Buffer.from(secret), boundTo(id, personId, kekId)) };
}

/** The secret of an authenticator, in memory for one check. */
export async function openTotp(plane: ControlPlane, personId: string, row: TotpRow): Promise<string> {
  const opened = await findInstallationKey(plane, { purpose, name: row.kekId });
  if (opened) return unseal(opened.key, row, boundTo(row.id, personId, row.kekId)).toString();
  // Sealed anew since the row was read, and the key it was under is gone.
  const anew = await systemQuery(plane, (tx) => findTotpById(tx, row.id));
  if (!anew || anew.kekId === row.kekId)
    throw new Error(`The key of second factors ${row.kekId} is gone from the database`);
  return openTotp(plane, personId, anew);
}

/** The same secret under another key. */
export function resealTotp(row: TotpRow & { personId: string }, from: OpenedKey, to: OpenedKey): TotpRow {
  const { id, personId } = row;
  const secret = unseal(from.key, row, boundTo(id, personId, from.kekId));
  return { id, kekId: to.kekId, ...seal(to.key, secret, boundTo(id, personId, to.kekId)) };
}

function boundTo(id: string, personId: string, kekId: string): string[] {
  return ['totp', id, personId, 'secret', kekId];
}
