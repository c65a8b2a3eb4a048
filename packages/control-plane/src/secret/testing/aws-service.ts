import { createHash, createHmac, randomBytes } from 'node:crypto';
import { seal, unseal } from '../envelope.ts';
import { type Answer, type Asked, type Fault, type StandInService, standInService } from './stand-in-service.ts';

export const awsRegion = 'eu-central-1';
export const awsKeyArn = `arn:aws:kms:${awsRegion}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
export const awsCredentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};

export type AwsService = StandInService & { secrets: Map<string, string> };

const failed = (name: string, message: string, status = 400): Answer => ({
  status,
  body: { __type: name, message },
  headers: { 'x-amzn-errortype': name },
});

/** AWS KMS and Secrets Manager: requests are signed for the region and the service, or they are refused. */
export async function awsService(): Promise<AwsService> {
  const key = randomBytes(32);
  const secrets = new Map<string, string>();
  const targets: Record<string, (ask: Record<string, string>) => Answer> = {
    'TrentService.Encrypt': (ask) => encrypt(key, ask),
    'TrentService.Decrypt': (ask) => decrypt(key, ask),
    'secretsmanager.GetSecretValue': ({ SecretId = '' }) => {
      const SecretString = secrets.get(SecretId);
      if (SecretString === undefined)
        return failed('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      return { status: 200, body: { Name: SecretId, SecretString, VersionId: 'version-4' } };
    },
  };
  const answerTo = (asked: Asked, fault: Fault): Answer => {
    const target = String(asked.headers['x-amz-target']);
    const why = whyNotSigned(asked, target.startsWith('TrentService') ? 'kms' : 'secretsmanager');
    if (why) return failed('UnrecognizedClientException', why);
    if (fault === 'throttled') return failed('ThrottlingException', 'Rate exceeded');
    if (fault === 'denied') return failed('AccessDeniedException', 'User is not authorized to perform this action');
    if (fault === 'disabled') return failed('DisabledException', `${awsKeyArn} is disabled.`);
    const answer =
      targets[target]?.(JSON.parse(asked.body) as Record<string, string>) ??
      failed('UnknownOperationException', target);
    return { ...answer, headers: { ...answer.headers, 'content-type': 'application/x-amz-json-1.1' } };
  };
  return Object.assign(await standInService({}, answerTo), { secrets });
}

const contextOf = (ask: Record<string, unknown>) => [JSON.stringify(ask['EncryptionContext'] ?? {})];

function encrypt(key: Buffer, ask: Record<string, string>): Answer {
  if (ask['KeyId'] !== awsKeyArn) return failed('NotFoundException', `Key '${ask['KeyId']}' does not exist`);
  const { nonce, ciphertext } = seal(key, Buffer.from(ask['Plaintext'] ?? '', 'base64'), contextOf(ask));
  return {
    status: 200,
    body: { KeyId: awsKeyArn, CiphertextBlob: Buffer.concat([nonce, ciphertext]).toString('base64') },
  };
}

function decrypt(key: Buffer, ask: Record<string, string>): Answer {
  if (ask['KeyId'] !== awsKeyArn) return failed('NotFoundException', `Key '${ask['KeyId']}' does not exist`);
  const blob = Buffer.from(ask['CiphertextBlob'] ?? '', 'base64');
  try {
    const plain = unseal(key, { nonce: blob.subarray(0, 12), ciphertext: blob.subarray(12) }, contextOf(ask));
    return { status: 200, body: { KeyId: awsKeyArn, Plaintext: plain.toString('base64') } };
  } catch {
    return failed('InvalidCiphertextException', '');
  }
}

const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Why the signature (version 4) is none of ours for this region, service and request, or undefined when it is. */
function whyNotSigned({ method, path, headers, body }: Asked, service: string): string | undefined {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, id, day, region, signedFor, names, signature] = pattern.exec(String(headers.authorization)) ?? [];
  if (!names || !day || id !== awsCredentials.accessKeyId)
    return 'The security token included in the request is invalid.';
  if (region !== awsRegion || signedFor !== service)
    return `Credential should be scoped to ${awsRegion} and ${service}.`;
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const parts = [day, region, service, 'aws4_request'];
  const key = parts.reduce<Buffer | string>((one, part) => hmac(one, part), `AWS4${awsCredentials.secretAccessKey}`);
  return hmac(key, text).toString('hex') === signature
    ? undefined
    : 'The request signature we calculated does not match.';
}
