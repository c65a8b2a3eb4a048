import type { Connection } from './settings.ts';
import { CommandFailed } from './ssh-connection.ts';

type Trouble = Error & { code?: string; level?: string; statusCode?: number };
type Elsewhere = Exclude<Connection, { via: 'socket' }>;

/** Why an engine could not be spoken to and what to do, in a sentence; what an engine answered is left as it is. */
export function whyUnreachable(error: Error, connection: Connection): Error {
  if ((error as Trouble).statusCode !== undefined) return error;
  const sentence = connection.via === 'socket' ? atSocket(error, connection) : elsewhere(error, connection);
  return sentence === undefined ? error : new Error(sentence, { cause: error });
}

function atSocket({ code = '' }: Trouble, { path }: Extract<Connection, { via: 'socket' }>): string | undefined {
  const sentences: Record<string, string> = {
    ENOENT: `There is no socket ${path}: start Docker, or name the socket it has`,
    EACCES: `Clawster’s user may not use the socket ${path}: add it to the group that owns it, and start Clawster again`,
    ECONNREFUSED: `Nobody answers at the socket ${path}: start Docker`,
  };
  return sentences[code];
}

function elsewhere(error: Trouble, connection: Elsewhere): string | undefined {
  const of = connection.via === 'tls' ? ofTls(error, connection) : ofSsh(error, connection);
  return of ?? ofNetwork(error, connection);
}

const unanswered = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'EPIPE']);

function ofNetwork({ code, level }: Trouble, { via, host, port }: Elsewhere): string | undefined {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `There is no machine named ${host}: check the name, and that Clawster’s machine can look it up`;
  if (code === 'ECONNREFUSED') {
    const what = via === 'tls' ? 'Docker with --tlsverify and -H tcp://' : 'an SSH server';
    return `Nothing listens at ${host}:${port}: check the port, and start ${what} there`;
  }
  if (unanswered.has(code ?? '') || level === 'client-timeout')
    return `${host}:${port} does not answer: check the address, that the machine is on, and that no firewall is between`;
  return undefined;
}

const notByAuthority = /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_SIGNATURE_FAILURE)/;

function ofTls({ code = '' }: Trouble, { host, port }: Elsewhere): string | undefined {
  if (notByAuthority.test(code))
    return 'The engine’s certificate is not by the authority that was given: give the ca.pem it was signed with';
  if (code === 'CERT_HAS_EXPIRED') return 'The engine’s certificate has expired: make a new one there';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The engine’s certificate is not for ${host}: write the machine’s name as it is in there, or make one for ${host}`;
  if (/^ERR_SSL_.*ALERT/.test(code))
    return 'The engine does not accept the certificate Clawster shows: give one that was signed by the authority it trusts';
  if (code === 'EPROTO')
    return `What listens at ${host}:${port} does not speak TLS: start Docker there with --tlsverify`;
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH')
    return 'The private key is not that of the certificate: give its own';
  if (code.startsWith('ERR_OSSL_')) return 'A certificate or the private key cannot be read: give them as PEM';
  return undefined;
}

function ofSsh(error: Trouble, connection: Elsewhere): string | undefined {
  const { host } = connection;
  const user = connection.via === 'ssh' ? connection.user : '';
  if (error instanceof CommandFailed)
    return `Docker cannot be used as ${user} on ${host}: ${error.message}. Install its command there, and let ${user} use it`;
  if (/^Cannot parse privateKey|^Encrypted/.test(error.message))
    return 'The private key cannot be read: give it as ssh-keygen wrote it, without a passphrase';
  if (error.level === 'client-authentication')
    return `${host} does not let ${user} in with this key: add its public key to ${user}’s authorized_keys there`;
  if (error.message.startsWith('Host denied'))
    return `${host} has another key than the fingerprint that was given, so nothing was said to it: check it with ssh-keygen -lf there`;
  return undefined;
}
