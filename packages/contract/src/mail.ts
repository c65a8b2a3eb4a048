import { z } from 'zod';
import { isLine } from './line.ts';
import { Empty, Timestamp } from './page.ts';
import { Email } from './person.ts';
import { route } from './route.ts';

/** `tls` from the first byte, `starttls` before anything is said; `none` is for a server on this very machine alone. */
export const MailSecurity = z.enum(['tls', 'starttls', 'none']);
export type MailSecurity = z.infer<typeof MailSecurity>;

const settings = {
  host: z
    .string()
    .trim()
    .regex(/^[a-z0-9.:-]+$/i, 'Enter a name such as smtp.example.com')
    .max(253),
  port: z.coerce.number().int().min(1).max(65_535),
  security: MailSecurity,
  user: z.string().max(200).refine(isLine, 'Leave out line breaks').optional(),
  /** Whose name and address stand in the mail. */
  fromName: z.string().trim().min(1, 'Enter a name').max(80).refine(isLine, 'Leave out line breaks'),
  fromAddress: Email,
};

export const MailServer = z.object({ ...settings, hasPassword: z.boolean(), updatedAt: Timestamp });
export type MailServer = z.infer<typeof MailServer>;

export const MailPassword = z.string().min(1, 'Enter the password').max(500).refine(isLine, 'Leave out line breaks');
/** An absent password keeps the stored one, which goes only to the host and user it was entered for. */
export const SetMailServer = z.object({ ...settings, password: MailPassword.optional() });
export type SetMailServer = z.infer<typeof SetMailServer>;

export const MailCheck = z.object({ ok: z.boolean(), message: z.string(), checkedAt: Timestamp });
export type MailCheck = z.infer<typeof MailCheck>;

export const mail = {
  show: route({
    method: 'GET',
    path: '/mail',
    permission: 'person:manage',
    summary: 'The mail server of the workspace, without its password',
    input: Empty,
    output: z.object({ server: MailServer.optional() }),
  }),
  set: route({
    method: 'PUT',
    path: '/mail',
    permission: 'person:manage',
    summary: 'Set or replace the mail server; it is signed in to first, and refused if that fails',
    input: SetMailServer,
    output: MailServer,
  }),
  test: route({
    method: 'POST',
    path: '/mail/test',
    permission: 'person:manage',
    summary: 'Send a test mail',
    input: z.object({ to: Email }),
    output: MailCheck,
  }),
  remove: route({
    method: 'DELETE',
    path: '/mail',
    permission: 'person:manage',
    summary: 'Remove the mail server: nothing is mailed any more',
    input: Empty,
    output: Empty,
  }),
};
