import type { ControlPlane } from '../plane.ts';
import { openForwardingKey } from '../replica/forwarding-key.ts';
import { systemQuery } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { boundToInstallation } from './installation-key.ts';

/**
 * Why the secrets in the database cannot be opened with the keys this server holds, or undefined when they can:
 * asked at the start, so that a wrong key is a sentence and never bots without secrets.
 */
export async function whyNotOpenSecrets({ db, keys }: Pick<ControlPlane, 'db' | 'keys'>): Promise<string | undefined> {
  const rows = await systemQuery({ db }, wrappedKeys);
  const asked = new Set<string>();
  try {
    for (const { boundTo, kekId, wrapped } of rows) {
      // A service that is asked over the network opens one key for all that are under it.
      if (asked.has(kekId) && !kekId.startsWith('file:')) continue;
      (await keys.unwrap(kekId, wrapped, boundTo)).fill(0);
      asked.add(kekId);
    }
    (await openForwardingKey({ db, keys })).fill(0);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}

/** All but that of the audit trail: one that was replaced is a finding for those who verify it, and stops nobody. */
async function wrappedKeys(tx: Tx) {
  const ofWorkspaces = await tx
    .selectFrom('dataKey')
    .select(['workspaceId', 'kekId', 'wrapped'])
    .orderBy('createdAt')
    .execute();
  const ofInstallation = await tx
    .selectFrom('installationKey')
    .select(['purpose', 'kekId', 'wrapped'])
    .where('purpose', '!=', 'audit')
    .execute();
  return [
    ...ofWorkspaces.map(({ workspaceId, ...key }) => ({ ...key, boundTo: workspaceId })),
    ...ofInstallation.map(({ purpose, ...key }) => ({ ...key, boundTo: boundToInstallation(purpose) })),
  ];
}
