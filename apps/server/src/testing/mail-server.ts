import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { localhostCertificate } from '@clawster/control-plane/outward/testing/localhost-certificate';

export type ReceivedMail = { from: string; to: string[]; source: string; isSecure: boolean };

/** A real SMTP server on this machine that keeps what it gets. */
export type MailServer = {
  port: number;
  user: string;
  password: string;
  received: ReceivedMail[];
  /** Addresses it refuses for good. */
  refused: Set<string>;
  close(): Promise<void>;
};

/** With STARTTLS, and a certificate that this process trusts from now on. */
export async function startMailServer({ port = 0, hasTls = true } = {}): Promise<MailServer> {
  const { cert } = localhostCertificate;
  const trusted = getCACertificates('default');
  if (!trusted.includes(cert)) setDefaultCACertificates([...trusted, cert]);
  const known = { user: 'clawster', password: 'a mail password that nobody may see' };
  const received: ReceivedMail[] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    ...localhostCertificate,
    ...(hasTls ? {} : { hideSTARTTLS: true, disabledCommands: ['STARTTLS'] }),
    onAuth({ username, password }, _, done) {
      if (username === known.user && password === known.password) done(null, { user: username });
      else done(refusal(535, 'Authentication failed'));
    },
    onRcptTo({ address }, _, done) {
      done(refused.has(address) ? refusal(550, 'No such user here') : null);
    },
    onData(stream, { envelope, secure }, done) {
      let source = '';
      stream.on('data', (chunk: Buffer) => (source += chunk.toString()));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), source, isSecure: secure });
        done(null);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    ...known,
    received,
    refused,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
