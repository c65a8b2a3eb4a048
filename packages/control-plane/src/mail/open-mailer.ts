import { isIP } from 'node:net';
import type { SetMailServer } from '@clawster/contract/mail';
import type { Letter } from '@clawster/domain/mail/letter';
import { createTransport } from 'nodemailer';
import { allowedAddress } from '@clawster/outward/address';
import type { ControlPlane } from '../plane.ts';

export type MailAccess = SetMailServer;
export type Mailer = {
  /** Signs in and sends nothing. */
  verify(): Promise<void>;
  /** Resolves when the server has taken the mail; under the same id a mail that comes twice is one to its reader. */
  send(mail: Letter & { to: string; id: string }): Promise<void>;
  close(): void;
};

const timeoutMs = 15_000;

/** Speaks to a mail server at an address that was checked; each step has its time, and nothing is read from disk or web. */
export async function openMailer({ settings }: Pick<ControlPlane, 'settings'>, access: MailAccess): Promise<Mailer> {
  const { host, port, security, user, password, fromName, fromAddress } = access;
  const address = await allowedAddress(host, { allowPrivate: settings.allowPrivateAddresses });
  const transport = createTransport({
    host: address,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // The certificate is to be of the name that was entered, wherever that leads.
    ...(isIP(host) ? {} : { servername: host, tls: { servername: host } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
  });
  const from = { name: fromName, address: fromAddress };
  return {
    verify: async () => void (await transport.verify()),
    async send({ to, id, subject, text, html }) {
      const messageId = `<${id}@${fromAddress.split('@')[1] ?? 'clawster'}>`;
      const headers = { 'Auto-Submitted': 'auto-generated' };
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId, headers });
    },
    close: () => transport.close(),
  };
}
