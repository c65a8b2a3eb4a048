import { AddressRefused } from '@clawster/outward/address';

const byCode: Record<string, string> = {
  ENOTFOUND: 'has no address: check the spelling of the host',
  EDNS: 'has no address: check the spelling of the host',
  EAI_AGAIN: 'could not be looked up: check the network and DNS of the server',
  ECONNREFUSED: 'refuses connections: check the port',
  ETIMEDOUT: 'did not answer in time: check host and port, and any firewall in between',
  EAUTH: 'refused user and password: check both; some want a password made for apps',
  ENOAUTH: 'wants a user and a password: enter both',
  ETLS: 'does not speak TLS as chosen, or has no certificate this machine trusts: check security and port',
  ECONNECTION: 'broke the connection off: check security and port',
};

/** Why a mail was not taken, in a sentence free of secrets, and whether it is of use to try again. */
export function mailTrouble(error: unknown, host: string): { sentence: string; isFinal: boolean } {
  if (error instanceof AddressRefused)
    return { sentence: `Clawster does not connect there: ${error.message}`, isFinal: false };
  const { code = '', responseCode } = error as MailError;
  const isFinal = isOfAddress(error as MailError);
  if (isFinal) return { sentence: `${host} refused the recipient (${responseCode}): check the address`, isFinal };
  const known = byCode[systemCode(error) ?? code] ?? byCode[code] ?? (code === 'ESOCKET' ? bySocket(error) : undefined);
  if (known) return { sentence: `${host} ${known}`, isFinal: false };
  const said = responseCode === undefined ? '' : ` (${responseCode})`;
  return { sentence: `${host} did not take the mail${said}: try again later`, isFinal: false };
}

type MailError = {
  code?: string;
  responseCode?: number;
  command?: string;
  rejected?: string[];
};

/** What the system said, which the mailer tells in its sentence alone. */
function systemCode(error: unknown): string | undefined {
  return error instanceof Error ? /\bE[A-Z_]{3,}\b/.exec(error.message)?.[0] : undefined;
}

/** What the server says of the address, and not of us or of itself. */
function isOfAddress({ responseCode = 0, command, rejected }: MailError): boolean {
  return responseCode >= 500 && (rejected !== undefined || command === 'RCPT TO');
}

function bySocket(error: unknown): string | undefined {
  const isUntrusted = error instanceof Error && /certificate|SSL|TLS|altname/i.test(error.message);
  return byCode[isUntrusted ? 'ETLS' : 'ECONNECTION'];
}
