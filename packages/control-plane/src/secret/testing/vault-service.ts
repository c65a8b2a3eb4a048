import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type Answer, type Asked, type StandInService, standInService } from './stand-in-service.ts';

export type VaultService = StandInService & {
  token: string;
  rotate(): void;
  /** Of the KV engine, by path. */
  secrets: Map<string, Record<string, unknown>>;
  /** Of each of them, as it is told. */
  version: number;
  /** How often someone signed in by AppRole. */
  signIns: number;
};

const refused = (status: number, ...errors: string[]): Answer => ({ status, body: { errors } });

/** OpenBao or Vault with a key `clawster` at `transit`, derived or not, and a KV engine of version 2 at `secret`. */
export async function vaultService({ derived = false } = {}): Promise<VaultService> {
  const versions = [randomBytes(32)];
  const tokens = new Set(['token-1']);
  const secrets: VaultService['secrets'] = new Map();
  const keyOf = (version: number, context: string) => {
    const key = versions[version - 1]!;
    return derived ? Buffer.from(hkdfSync('sha256', key, '', Buffer.from(context, 'base64'), 32)) : key;
  };
  const encrypt = (body: Ask): Answer => {
    if (derived && !body.context)
      return refused(400, "missing 'context' for key derivation; the key was created using a derived key");
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyOf(versions.length, body.context), nonce);
    cipher.setAAD(Buffer.from(body.associated_data ?? '', 'base64'));
    const sealed = [nonce, cipher.update(body.plaintext, 'base64'), cipher.final(), cipher.getAuthTag()];
    return {
      status: 200,
      body: { data: { ciphertext: `vault:v${versions.length}:${Buffer.concat(sealed).toString('base64')}` } },
    };
  };
  const decrypt = (body: Ask): Answer => {
    const [, version, text] = /^vault:v(\d+):([A-Za-z0-9+/=]+)$/.exec(body.ciphertext) ?? [];
    if (!version || !text) return refused(400, 'invalid ciphertext: no prefix');
    if (Number(version) > versions.length) return refused(400, 'invalid ciphertext: version is too new');
    const bytes = Buffer.from(text, 'base64');
    try {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(Number(version), body.context), bytes.subarray(0, 12));
      decipher.setAAD(Buffer.from(body.associated_data ?? '', 'base64'));
      decipher.setAuthTag(bytes.subarray(-16));
      const plaintext = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64');
      return { status: 200, body: { data: { plaintext } } };
    } catch {
      return refused(400, 'cipher: message authentication failed');
    }
  };
  const login = ({ role_id: role, secret_id: secret }: Record<string, string>): Answer => {
    if (role !== 'role-1' || secret !== 'secret-1') return refused(400, 'invalid role or secret ID');
    const token = `token-${randomBytes(4).toString('hex')}`;
    tokens.add(token);
    service.signIns += 1;
    return { status: 200, body: { auth: { client_token: token, lease_duration: 3600 } } };
  };
  const readSecret = (path: string): Answer => {
    const data = secrets.get(path.replace(/^\/v1\/secret\/data\//, ''));
    return data ? { status: 200, body: { data: { data, metadata: { version: service.version } } } } : refused(404);
  };
  const answerTo = ({ method, path, headers, body }: Asked, fault?: string): Answer => {
    if (fault === 'throttled') return refused(429, 'request path is rate limited');
    if (path === '/v1/auth/approle/login') return login(JSON.parse(body) as Record<string, string>);
    if (!tokens.has(String(headers['x-vault-token'])) || fault === 'denied') return refused(403, 'permission denied');
    if (path.startsWith('/v1/secret/data/') && method === 'GET') return readSecret(path);
    const verb = /^\/v1\/transit\/(encrypt|decrypt)\/clawster$/.exec(path)?.[1];
    // A key that is not there would be made, which this token may not.
    if (!verb)
      return path.includes('/encrypt/') ? refused(403, 'permission denied') : refused(400, 'encryption key not found');
    if (fault === 'disabled') return refused(400, 'ciphertext or signature version is disallowed by policy (too old)');
    return (verb === 'encrypt' ? encrypt : decrypt)(JSON.parse(body) as Ask);
  };
  const service = Object.assign(await standInService({}, answerTo), {
    token: 'token-1',
    secrets,
    version: 4,
    signIns: 0,
    rotate: () => void versions.push(randomBytes(32)),
  });
  return service;
}

type Ask = { plaintext: string; ciphertext: string; context: string; associated_data?: string };
