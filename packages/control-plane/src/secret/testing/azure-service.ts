import { constants, generateKeyPairSync, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { type Answer, type Asked, type Fault, type StandInService, standInService } from './stand-in-service.ts';

export type AzureService = StandInService & { rotate(): void; secrets: Map<string, string> };

/** What a credential of the SDK answers with for this service. */
export const azureCredential = {
  getToken: async () => ({ token: 'azure-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
};

const failed = (status: number, code: string, message: string, inner?: string): Answer => ({
  status,
  body: { error: { code, message, ...(inner ? { innererror: { code: inner } } : {}) } },
});

type Version = { id: string; key: KeyObject };

/** Azure Key Vault with an RSA key `clawster`, and secrets: whoever bears no token is told where to get one. */
export async function azureService(): Promise<AzureService> {
  const versions: Version[] = [];
  const rotate = () => {
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    versions.push({ id: String(versions.length + 1).padStart(32, '0'), key });
  };
  rotate();
  const secrets = new Map<string, string>();
  const answerTo = (asked: Asked, fault: Fault): Answer => {
    if (asked.headers.authorization !== 'Bearer azure-token')
      return {
        ...failed(401, 'Unauthorized', 'AKV10000: Request is missing a Bearer or PoP token.'),
        headers: {
          'www-authenticate':
            'Bearer authorization="https://login.microsoftonline.com/tenant", resource="https://vault.azure.net"',
        },
      };
    if (fault === 'throttled')
      return failed(429, 'Throttled', 'Request was not processed because too many requests were received.');
    if (fault === 'denied')
      return failed(403, 'Forbidden', 'Caller is not authorized to perform action on resource.', 'ForbiddenByRbac');
    if (fault === 'disabled')
      return failed(403, 'Forbidden', 'Operation wrapKey is not allowed on a disabled key.', 'KeyDisabled');
    return answerOf(asked, { versions, secrets, url: service.url });
  };
  const service = Object.assign(await standInService({ tls: true }, answerTo), { rotate, secrets });
  return service;
}

type Holds = { versions: Version[]; secrets: Map<string, string>; url: string };

function answerOf({ method, path, body }: Asked, { versions, secrets, url }: Holds): Answer {
  const [, kind, name = '', version, verb] = (path.split('?')[0] ?? '').split('/');
  if (kind === 'secrets') return secretOf(secrets.get(name), `${url}/secrets/${name}/4`);
  const found = version ? versions.find(({ id }) => id === version) : versions.at(-1);
  if (kind !== 'keys' || name !== 'clawster' || !found)
    return failed(404, 'KeyNotFound', `A key with (name/id) ${name} was not found in this key vault.`);
  const kid = `${url}/keys/clawster/${found.id}`;
  if (method === 'GET') {
    const { n, e } = found.key.export({ format: 'jwk' });
    return {
      status: 200,
      body: { key: { kid, kty: 'RSA', key_ops: ['wrapKey', 'unwrapKey'], n, e }, attributes: { enabled: true } },
    };
  }
  return wrapped(found.key, { verb, kid, ...(JSON.parse(body) as { alg: string; value: string }) });
}

function wrapped(
  key: KeyObject,
  { verb, kid, alg, value }: { verb: string | undefined; kid: string; alg: string; value: string },
): Answer {
  if (alg !== 'RSA-OAEP-256') return failed(400, 'BadParameter', `Algorithm ${alg} is not supported by this key.`);
  const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };
  const bytes = Buffer.from(value, 'base64url');
  try {
    const result = verb === 'wrapkey' ? publicEncrypt(options, bytes) : privateDecrypt(options, bytes);
    return { status: 200, body: { kid, value: result.toString('base64url') } };
  } catch {
    return failed(400, 'BadParameter', 'The parameter is incorrect.');
  }
}

function secretOf(value: string | undefined, id: string): Answer {
  if (value === undefined)
    return failed(404, 'SecretNotFound', 'A secret with this name was not found in this key vault.');
  return { status: 200, body: { id, value, attributes: { enabled: true } } };
}
