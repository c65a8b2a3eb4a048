import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { seal, unseal } from '../envelope.ts';
import { type Answer, type Asked, type Fault, type StandInService, standInService } from './stand-in-service.ts';

export const googleKey = 'projects/p/locations/europe/keyRings/r/cryptoKeys/clawster';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const googleCredentials = {
  client_email: 'clawster@p.iam.gserviceaccount.com',
  private_key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
};

export type GoogleService = StandInService & { rotate(): void; secrets: Map<string, string> };

const failed = (code: number, status: string, message: string): Answer => ({
  status: code,
  body: { error: { code, status, message } },
});

/** Google Cloud KMS and Secret Manager over REST: requests bear a token that the service account has signed. */
export async function googleService(): Promise<GoogleService> {
  const versions = [randomBytes(32)];
  const secrets = new Map<string, string>();
  const answerTo = (asked: Asked, fault: Fault): Answer => {
    if (!isSigned(asked)) return failed(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    if (fault === 'throttled') return failed(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.');
    if (fault === 'denied') return failed(403, 'PERMISSION_DENIED', 'Permission denied on the resource.');
    if (fault === 'disabled')
      return failed(400, 'FAILED_PRECONDITION', 'The key version is not enabled, current state is: DISABLED.');
    const path = decodeURIComponent(asked.path.split('?')[0] ?? '').slice('/v1/'.length);
    if (path.endsWith(':access')) return accessed(secrets, path.slice(0, -':access'.length));
    const [name, verb] = path.split(':');
    if (name !== googleKey) return failed(404, 'NOT_FOUND', `CryptoKey ${name} not found.`);
    const ask = JSON.parse(asked.body) as Record<string, string>;
    return verb === 'encrypt' ? encrypt(versions, ask) : decrypt(versions, ask);
  };
  return Object.assign(await standInService({}, answerTo), {
    secrets,
    rotate: () => void versions.push(randomBytes(32)),
  });
}

function encrypt(versions: Buffer[], ask: Record<string, string>): Answer {
  const { nonce, ciphertext } = seal(versions.at(-1)!, Buffer.from(ask['plaintext'] ?? '', 'base64'), aadOf(ask));
  const whole = Buffer.concat([Buffer.from([versions.length]), nonce, ciphertext]).toString('base64');
  return { status: 200, body: { name: `${googleKey}/cryptoKeyVersions/${versions.length}`, ciphertext: whole } };
}

function decrypt(versions: Buffer[], ask: Record<string, string>): Answer {
  const whole = Buffer.from(ask['ciphertext'] ?? '', 'base64');
  const key = versions[(whole[0] ?? 0) - 1];
  try {
    const envelope = { nonce: whole.subarray(1, 13), ciphertext: whole.subarray(13) };
    return { status: 200, body: { plaintext: unseal(key!, envelope, aadOf(ask)).toString('base64') } };
  } catch {
    return failed(400, 'INVALID_ARGUMENT', "Decryption failed: verify that 'name' refers to the correct CryptoKey.");
  }
}

const aadOf = (ask: Record<string, string>) => [ask['additionalAuthenticatedData'] ?? ''];

function accessed(secrets: Map<string, string>, name: string): Answer {
  const value = secrets.get(name);
  if (value === undefined) return failed(404, 'NOT_FOUND', `Secret [${name}] not found or has no versions.`);
  const data = Buffer.from(value).toString('base64');
  return { status: 200, body: { name: name.replace('/latest', '/4'), payload: { data } } };
}

/** A token the account signed itself (RFC 7523), in time. */
function isSigned({ headers }: Asked): boolean {
  const [head, claims, signature] = /^Bearer (.+)$/.exec(String(headers.authorization))?.[1]?.split('.') ?? [];
  if (!head || !claims || !signature) return false;
  const { iss, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { iss: string; exp: number };
  const isOurs = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    createPublicKey(privateKey),
    Buffer.from(signature, 'base64url'),
  );
  return isOurs && iss === googleCredentials.client_email && exp * 1000 > Date.now();
}
