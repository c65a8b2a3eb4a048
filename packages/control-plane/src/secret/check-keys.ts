import type { ControlPlane } from '../plane.ts';
import { openForwardingKey } from '../replica/forwarding-key.ts';
import { systemQuery } from '../query.ts';

/**
 * Why the secrets in the database cannot be opened with the key this server holds, or undefined when they can:
 * asked at the start, so that a wrong key is a sentence and never bots without secrets.
 */
export async function whyNotOpenSecrets({ db, keys }: Pick<ControlPlane, 'db' | 'keys'>): Promise<string | undefined> {
  const rows = await systemQuery({ db }, (tx) =>
    tx.selectFrom('dataKey').select(['workspaceId', 'kekId', 'wrapped']).orderBy('createdAt').execute(),
  );
  try {
    for (const { workspaceId, kekId, wrapped } of rows) (await keys.unwrap(kekId, wrapped, workspaceId)).fill(0);
    (await openForwardingKey({ db, keys })).fill(0);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return undefined;
}
