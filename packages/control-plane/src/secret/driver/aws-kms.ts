import type { KMSClient } from '@aws-sdk/client-kms';
import { type KeyDriver, type KeyTroubleReason, usingKey } from '../key-driver.ts';
import { once } from '../once.ts';

/** A symmetric key of AWS KMS, by its ARN. Its yearly rotation shows nowhere: KMS opens what any of its material wrapped. */
export function awsKmsKey(
  { region, keyArn }: { region: string; keyArn: string },
  connect: () => Promise<KMSClient> = () => connectAwsKms(region),
): KeyDriver {
  const id = `aws-kms:${keyArn}`;
  const client = once(connect);
  const context = (boundTo: string) => ({ 'clawster:key-of': boundTo });
  return {
    kind: 'aws-kms',
    id,
    holds: (kekId) => kekId === id,
    wrap: (dataKey, boundTo) =>
      usingKey(id, { reasonOf }, async () => {
        const { EncryptCommand } = await import('@aws-sdk/client-kms');
        const ask = { KeyId: keyArn, Plaintext: dataKey, EncryptionContext: context(boundTo) };
        const { CiphertextBlob } = await (await client()).send(new EncryptCommand(ask));
        return { kekId: id, wrapped: Buffer.from(CiphertextBlob ?? []) };
      }),
    unwrap: ({ wrapped }, boundTo) =>
      usingKey(id, { reasonOf }, async () => {
        const { DecryptCommand } = await import('@aws-sdk/client-kms');
        const ask = { KeyId: keyArn, CiphertextBlob: wrapped, EncryptionContext: context(boundTo) };
        const { Plaintext } = await (await client()).send(new DecryptCommand(ask));
        return Buffer.from(Plaintext ?? []);
      }),
  };
}

/** With the SDK's own chain of credentials. */
async function connectAwsKms(region: string): Promise<KMSClient> {
  const { KMSClient: Client } = await import('@aws-sdk/client-kms');
  return new Client({ region, requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 } });
}

const reasons: Record<string, KeyTroubleReason> = {
  InvalidCiphertextException: 'altered',
  IncorrectKeyException: 'altered',
  NotFoundException: 'missing',
  DisabledException: 'disabled',
  KMSInvalidStateException: 'disabled',
  InvalidKeyUsageException: 'disabled',
};

function reasonOf(error: unknown): KeyTroubleReason {
  const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'ThrottlingException') return 'unreachable';
  const isDenied = name === 'CredentialsProviderError' || [400, 401, 403].includes($metadata?.httpStatusCode ?? 0);
  return reasons[name] ?? (isDenied ? 'denied' : 'unreachable');
}
