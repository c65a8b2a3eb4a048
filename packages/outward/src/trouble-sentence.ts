import { AddressRefused } from './address.ts';

/** What was asked: its host, what people entered to name it, after how long it was given up, and what only it can say. */
export type Asked = {
  host: string;
  entered: string;
  timeoutSeconds: number;
  /** By code of an error: words that follow the host. */
  own: Record<string, string>;
};

/** What kept us from asking another server over HTTP, and what to do. */
export function troubleSentence(error: unknown, asked: Asked): string {
  const { host, entered } = asked;
  const byCode = { ...common(asked), ...asked.own };
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRefused) return `Clawster does not connect there: ${cause.message}`;
    if (cause.name === 'TimeoutError') return `${host} ${byCode['TIMEOUT']}`;
    const code = (cause as { code?: unknown }).code;
    if (typeof code !== 'string') continue;
    if (isTls(code))
      return `${host} has no certificate this machine trusts (${code}): correct the certificate, or the ${entered}`;
    const known = byCode[code];
    if (known) return `${host} ${known}`;
  }
  return `${host} could not be asked: ${error instanceof Error ? error.message.slice(0, 200) : 'no reason given'}`;
}

function common({ entered, timeoutSeconds }: Asked): Record<string, string> {
  return {
    ENOTFOUND: `has no address: check the spelling of the ${entered}`,
    EAI_AGAIN: 'could not be looked up: check the network and DNS of this machine',
    ECONNREFUSED: 'refuses connections: check the port, and that the provider is running',
    ECONNRESET: `broke the connection off: check the ${entered} and its port`,
    EHOSTUNREACH: 'cannot be reached from this machine',
    ENETUNREACH: 'cannot be reached from this machine',
    UND_ERR_CONNECT_TIMEOUT: `did not answer in time: check the ${entered}, and any firewall in between`,
    UND_ERR_SOCKET: `broke the connection off: check that the ${entered} has the right http or https`,
    TIMEOUT: `did not answer in ${timeoutSeconds} seconds: check the ${entered}, and any firewall in between`,
  };
}

function isTls(code: string): boolean {
  return /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}
