import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { Role } from './permission.ts';
import { Email, Identity, Password, PersonName } from './person.ts';
import { route } from './route.ts';

/** How an invitation travels: its link is handed over by a person, or mailed. */
export const Delivery = z.enum(['link', 'mail']);
export type Delivery = z.infer<typeof Delivery>;

/** Where a mail is: sent as far as the mail server said so; `failed` is tried no more. */
export const InvitationMail = z.discriminatedUnion('state', [
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('sent'), at: Timestamp }),
  z.object({ state: z.literal('failing'), reason: z.string(), nextTryAt: Timestamp }),
  z.object({ state: z.literal('failed'), reason: z.string() }),
]);
export type InvitationMail = z.infer<typeof InvitationMail>;

/** One that was not accepted yet. Its link is told once, when it is made, and to nobody afterwards. */
export const Invitation = z.object({
  id: Id,
  email: z.string(),
  role: Role,
  /** The name of who invited. */
  invitedBy: z.string(),
  createdAt: Timestamp,
  expiresAt: Timestamp,
  /** By the database's clock. */
  expired: z.boolean(),
  /** Absent: its link was handed over. */
  mail: InvitationMail.optional(),
});
export type Invitation = z.infer<typeof Invitation>;

export const Invite = z.object({ email: Email, role: Role, delivery: Delivery.default('link') });
export type Invite = z.infer<typeof Invite>;

const InvitationToken = z.string().min(1, 'Open the link you were given').max(200);

/** What the holder of a link is invited to. */
export const Offer = z.object({
  email: z.string(),
  role: Role,
  workspaceName: z.string(),
  invitedBy: z.string(),
  expiresAt: Timestamp,
  /** With an account one signs in to accept; without, one makes it. */
  hasAccount: z.boolean(),
});
export type Offer = z.infer<typeof Offer>;

export const AcceptInvitation = z.object({ token: InvitationToken, name: PersonName, password: Password });
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

export const invitations = {
  list: route({
    method: 'GET',
    path: '/invitations',
    permission: 'person:manage',
    summary: 'Invitations that were not accepted yet, without their links',
    input: PageInput,
    output: pageOf(Invitation),
  }),
  create: route({
    method: 'POST',
    path: '/invitations',
    permission: 'person:manage',
    summary:
      'Invite someone by e-mail address; unless it is mailed, the link is in this answer and never again. It replaces an earlier one',
    input: Invite,
    output: z.object({ invitation: Invitation, link: z.string().optional() }),
  }),
  revoke: route({
    method: 'DELETE',
    path: '/invitations/{invitationId}',
    permission: 'person:manage',
    summary: 'Revoke an invitation: its link opens nothing any more',
    input: z.object({ invitationId: Id }),
    output: Empty,
  }),
  lookUp: route({
    method: 'POST',
    path: '/invitations/look-up',
    permission: 'public',
    summary: 'What the holder of an invitation is invited to',
    input: z.object({ token: InvitationToken }),
    output: Offer,
  }),
  accept: route({
    method: 'POST',
    path: '/invitations/accept',
    permission: 'public',
    summary: 'Make an account with an invitation; signs in (sets the session cookie)',
    input: AcceptInvitation,
    output: Identity,
  }),
};
