import { MailServer, type SetMailServer } from '@clawster/contract/mail';
import type { Permission } from '@clawster/contract/permission';
import { sql } from 'kysely';
import type { KeyWrapper } from '../secret/key-wrapper.ts';
import { readSecret } from '../secret/read-secret.ts';
import type { Tx } from '../transaction.ts';

/** Where a mail server's password is kept. */
export const passwordPlace = (workspaceId: string) =>
  ({ workspaceId, ownerKind: 'mail-server', ownerId: workspaceId, field: 'password' }) as const;

export async function findMailServer(tx: Tx, workspaceId: string): Promise<MailServer | undefined> {
  const row = await tx
    .selectFrom('mailServer')
    .select(['settings', 'updatedAt'])
    .select(
      sql<boolean>`exists (select from secret where owner_kind = 'mail-server' and owner_id = mail_server.workspace_id)`.as(
        'hasPassword',
      ),
    )
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { settings, updatedAt, hasPassword } = row;
  return MailServer.parse({ ...(settings as object), hasPassword, updatedAt: updatedAt.toISOString() });
}

/** The server with its password, for those who sign in to it. */
export async function findMailAccess(
  tx: Tx,
  keys: KeyWrapper,
  workspaceId: string,
): Promise<(MailServer & { password?: string }) | undefined> {
  const server = await findMailServer(tx, workspaceId);
  const password = server && (await readSecret(tx, keys, passwordPlace(workspaceId)));
  return server && { ...server, ...(password === undefined ? {} : { password }) };
}

export async function saveMailServer(
  tx: Tx,
  values: { workspaceId: string; settings: Omit<SetMailServer, 'password'>; setByPermissions: Permission[] },
): Promise<void> {
  const { settings, setByPermissions } = values;
  await tx
    .insertInto('mailServer')
    .values(values)
    .onConflict((conflict) =>
      conflict.column('workspaceId').doUpdateSet({ settings, setByPermissions, updatedAt: sql<Date>`now()` }),
    )
    .execute();
}

export async function deleteMailServer(tx: Tx, workspaceId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('mailServer')
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
