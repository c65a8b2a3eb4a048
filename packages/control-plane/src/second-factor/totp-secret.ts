import { randomUUID } from 'node:crypto';
import type { ControlPlane } from '../plane.ts';
import { openInstallationKey } from '../secret/installation-key.ts';
import { seal, unseal } from '../secret/envelope.ts';
import type { TotpRow } from './factor.queries.ts';

const purpose = 'second-factor';

/** Encrypts an authenticator's secret, bound to its person and row. It belongs to no workspace, so its key is the installation's. */
export async function sealTotp(plane: ControlPlane, personId: string, secret: string): Promise<TotpRow> {
  const { key, kekId } = await openInstallationKey(plane, purpose);
  const id = randomUUID();
  return { id, kekId, ...seal(key, Buffer.from(secret), boundTo(id, personId, kekId)) };
}

/** The secret of an authenticator, in memory for one check. */
export async function openTotp(plane: ControlPlane, personId: string, row: TotpRow): Promise<string> {
  const { key } = await openInstallationKey(plane, purpose);
  return unseal(key, row, boundTo(row.id, personId, row.kekId)).toString();
}

function boundTo(id: string, personId: string, kekId: string): string[] {
  return ['totp', id, personId, 'secret', kekId];
}
