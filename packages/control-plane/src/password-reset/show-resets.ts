import type { Caller } from '../caller.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';

/** What the sign-in page says to who forgot their passphrase: whether any workspace mails. */
export async function showResets(plane: ControlPlane, _caller: Caller, _raw: unknown): Promise<{ byMail: boolean }> {
  const server = await systemQuery(plane, (tx) =>
    tx.selectFrom('mailServer').select('workspaceId').limit(1).executeTakeFirst(),
  );
  return { byMail: server !== undefined };
}
