import type { Delivery, Invitation, InvitationMail } from '@clawster/contract/invitation';
import type { Role } from '@clawster/contract/permission';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

const isExpired = sql<boolean>`expires_at <= now()`;
const shown = ['id', 'email', 'role', 'invitedByName', 'createdAt', 'expiresAt'] as const;
const qualified = ['invitation.id', 'email', 'role', 'invitedByName', 'invitation.createdAt', 'expiresAt'] as const;

export type InvitationValues = {
  workspaceId: string;
  email: string;
  role: Role;
  delivery: Delivery;
  tokenHash: Buffer;
  invitedBy: string | null;
  invitedByName: string;
  expiresAt: Date;
};

export async function insertInvitation(tx: Tx, values: InvitationValues): Promise<Invitation> {
  return toInvitation(
    await tx
      .insertInto('invitation')
      .values(values)
      .returning(shown)
      .returning(isExpired.as('expired'))
      .executeTakeFirstOrThrow(),
  );
}

/** Those neither accepted nor revoked, newest first. */
export async function pageOfInvitations(tx: Tx, workspaceId: string, page: { offset: number; limit: number }) {
  const rows = await tx
    .selectFrom('invitation')
    .leftJoin('invitationMail', 'invitationMail.invitationId', 'invitation.id')
    .select(qualified)
    .select(['invitationMail.sentAt', 'invitationMail.nextTryAt', 'invitationMail.reason', 'invitation.delivery'])
    .select(isExpired.as('expired'))
    .select(sql<number>`count(*) over ()`.as('total'))
    .where('invitation.workspaceId', '=', workspaceId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .orderBy('invitation.createdAt', 'desc')
    .orderBy('invitation.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { items: rows.map((row) => ({ ...toInvitation(row), ...mailOf(row) })), total: rows[0]?.total ?? 0 };
}

/** The one that is not accepted yet, by id or by e-mail address; nobody else decides over it until the transaction ends. */
export function lockPending(tx: Tx, workspaceId: string, wanted: { id: string } | { email: string }) {
  const query = tx
    .selectFrom('invitation')
    .select(['id', 'email', 'role'])
    .where('workspaceId', '=', workspaceId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .forUpdate();
  return 'id' in wanted
    ? query.where('id', '=', wanted.id).executeTakeFirst()
    : query.where(sql`lower(email)`, '=', wanted.email.toLowerCase()).executeTakeFirst();
}

export async function markRevoked(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ revokedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
}

/** What a link that may still be used is for, with whether its address has an account. */
export function findOffer(tx: Tx, tokenHash: Buffer) {
  return tx
    .selectFrom('invitation')
    .innerJoin('workspace', 'workspace.id', 'invitation.workspaceId')
    .select(['invitation.workspaceId', 'invitation.email', 'invitation.role', 'invitation.expiresAt'])
    .select(['invitation.invitedByName', 'workspace.name as workspaceName'])
    .select(
      sql<boolean>`exists (select from person where lower(person.email) = lower(invitation.email))`.as('hasAccount'),
    )
    .where('tokenHash', '=', tokenHash)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .executeTakeFirst();
}

/** Uses an invitation up and makes the person a member; of two that try at once, the second finds it used. Undefined then. */
export async function useInvitation(
  tx: Tx,
  tokenHash: Buffer,
  person: { id: string; email: string },
): Promise<{ id: string; role: Role } | undefined> {
  const used = await tx
    .updateTable('invitation')
    .set({ acceptedAt: sql<Date>`now()` })
    .where('tokenHash', '=', tokenHash)
    .where(sql`lower(email)`, '=', person.email.toLowerCase())
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`now()`)
    .returning(['id', 'workspaceId', 'role'])
    .executeTakeFirst();
  if (!used) return undefined;
  const { role } = used;
  await tx.insertInto('membership').values({ workspaceId: used.workspaceId, personId: person.id, role }).execute();
  return { id: used.id, role };
}

type Row = {
  id: string;
  email: string;
  role: string;
  invitedByName: string;
  createdAt: Date;
  expiresAt: Date;
  expired: boolean;
};

function toInvitation({ id, email, role, invitedByName, createdAt, expiresAt, expired }: Row): Invitation {
  return {
    id,
    email,
    role,
    invitedBy: invitedByName,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    expired,
  };
}

type MailRow = { delivery: string; sentAt: Date | null; nextTryAt: Date | null; reason: string | null };

function mailOf({ delivery, sentAt, nextTryAt, reason }: MailRow): { mail?: InvitationMail } {
  if (delivery !== 'mail') return {};
  if (sentAt) return { mail: { state: 'sent', at: sentAt.toISOString() } };
  if (!nextTryAt) return { mail: { state: 'failed', reason: reason ?? 'It was not sent' } };
  return { mail: reason ? { state: 'failing', reason, nextTryAt: nextTryAt.toISOString() } : { state: 'waiting' } };
}
