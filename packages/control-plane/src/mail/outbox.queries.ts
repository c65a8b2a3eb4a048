import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const now = sql<Date>`now()`;
/** A replica that stops midway keeps a mail from the others for so long; longer than a try can take. */
const claimedMinutes = 3;

/** Where the token of a link is kept until it was mailed. */
export const tokenPlace = (workspaceId: string, invitationId: string) =>
  ({ workspaceId, ownerKind: 'invitation', ownerId: invitationId, field: 'token' }) as const;

export async function insertMail(tx: Tx, mail: { workspaceId: string; invitationId: string }): Promise<void> {
  await tx.insertInto('invitationMail').values(mail).execute();
}

/** Those for invitations that are still good. */
function dueMails(tx: Pick<Tx, 'selectFrom'>) {
  return tx
    .selectFrom('invitationMail')
    .innerJoin('invitation', 'invitation.id', 'invitationMail.invitationId')
    .select('invitationMail.invitationId')
    .where('nextTryAt', '<=', now)
    .where('invitation.acceptedAt', 'is', null)
    .where('invitation.revokedAt', 'is', null)
    .where('invitation.expiresAt', '>', now);
}

export async function hasDueMail(tx: Tx): Promise<boolean> {
  return (await dueMails(tx).limit(1).executeTakeFirst()) !== undefined;
}

/** Takes mails that are due for invitations that are still good, so that no other replica sends them too. */
export function claimDueMails(tx: Tx, limit: number) {
  return tx
    .with('due', (query) => dueMails(query).orderBy('nextTryAt').limit(limit).forUpdate('invitationMail').skipLocked())
    .updateTable('invitationMail')
    .from(['invitation', 'workspace'])
    .set({ tries: sql<number>`tries + 1`, nextTryAt: sql<Date>`now() + make_interval(mins => ${claimedMinutes})` })
    .whereRef('invitation.id', '=', 'invitationMail.invitationId')
    .whereRef('workspace.id', '=', 'invitationMail.workspaceId')
    .where('invitationMail.invitationId', 'in', (query) => query.selectFrom('due').select('due.invitationId'))
    .returning(['invitationMail.invitationId', 'invitationMail.workspaceId', 'tries', 'invitationMail.reason'])
    .returning(['email', 'role', 'invitedByName', 'expiresAt', 'workspace.name as workspaceName'])
    .execute();
}
export type DueMail = Awaited<ReturnType<typeof claimDueMails>>[number];

export async function markSent(tx: Tx, invitationId: string): Promise<void> {
  await tx
    .updateTable('invitationMail')
    .set({ sentAt: now, nextTryAt: null, reason: null })
    .where('invitationId', '=', invitationId)
    .execute();
}

/** `nextTryAt` null: nothing more is tried. */
export async function markFailed(
  tx: Tx,
  failed: { invitationId: string; reason: string; waitMs: number | null },
): Promise<void> {
  const { invitationId, reason, waitMs } = failed;
  const nextTryAt = waitMs === null ? null : sql<Date>`now() + make_interval(secs => ${waitMs / 1000})`;
  await tx.updateTable('invitationMail').set({ reason, nextTryAt }).where('invitationId', '=', invitationId).execute();
}

/** What waits is due at once, as when the mail server was mended. */
export async function tryAgainNow(tx: Tx, workspaceId: string): Promise<void> {
  await tx
    .updateTable('invitationMail')
    .set({ nextTryAt: now })
    .where('workspaceId', '=', workspaceId)
    .where('nextTryAt', 'is not', null)
    .execute();
}

/** The tokens of links that are good no more and were never sent. */
function oldTokens(tx: Tx) {
  return tx
    .selectFrom('secret')
    .innerJoin('invitation', 'invitation.id', 'secret.ownerId')
    .select('secret.id')
    .where('secret.ownerKind', '=', 'invitation')
    .where((is) =>
      is.or([is('acceptedAt', 'is not', null), is('revokedAt', 'is not', null), is('expiresAt', '<=', now)]),
    );
}

export async function hasOldTokens(tx: Tx): Promise<boolean> {
  return (await oldTokens(tx).limit(1).executeTakeFirst()) !== undefined;
}

export async function forgetTokens(tx: Tx): Promise<void> {
  await tx.deleteFrom('secret').where('id', 'in', oldTokens(tx)).execute();
}
