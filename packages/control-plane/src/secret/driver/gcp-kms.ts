import type { KeyManagementServiceClient } from '@google-cloud/kms';
import { type KeyDriver, type KeyTroubleReason, usingKey } from '../key-driver.ts';
import { once } from '../once.ts';

/** A symmetric key of Google Cloud KMS. Ids name the version that wrapped; any version that is enabled opens. */
export function gcpKmsKey(key: string, connect: () => Promise<KeyManagementServiceClient> = connectGcpKms): KeyDriver {
  const client = once(connect);
  let newest = `gcp-kms:${key}`;
  const bound = (boundTo: string) => Buffer.from(`clawster:${boundTo}`);
  return {
    kind: 'gcp-kms',
    get id() {
      return newest;
    },
    holds: (kekId) => kekId.startsWith(`gcp-kms:${key}/cryptoKeyVersions/`),
    wrap: (dataKey, boundTo) =>
      usingKey(newest, { reasonOf }, async () => {
        const ask = { name: key, plaintext: dataKey, additionalAuthenticatedData: bound(boundTo) };
        const [{ name, ciphertext }] = await (await client()).encrypt(ask, call);
        newest = `gcp-kms:${name}`;
        return { kekId: newest, wrapped: bytesOf(ciphertext) };
      }),
    unwrap: ({ kekId, wrapped }, boundTo) =>
      usingKey(kekId, { reasonOf }, async () => {
        const ask = { name: key, ciphertext: wrapped, additionalAuthenticatedData: bound(boundTo) };
        const [{ plaintext }] = await (await client()).decrypt(ask, call);
        return bytesOf(plaintext);
      }),
  };
}

/** Not tried again here: a service that is away is told soon. */
const call = { timeout: 10_000, retry: null };

/** With the SDK's own chain of credentials; over HTTP, which needs no library of gRPC's in the process. */
async function connectGcpKms(): Promise<KeyManagementServiceClient> {
  const { KeyManagementServiceClient: Client } = await import('@google-cloud/kms');
  return new Client({ fallback: true });
}

function bytesOf(value: Uint8Array | string | null | undefined): Buffer {
  return typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value ?? []);
}

/** By the numbers of gRPC. */
const reasons: Record<number, KeyTroubleReason> = {
  3: 'altered',
  5: 'missing',
  7: 'denied',
  9: 'disabled',
  16: 'denied',
};

function reasonOf(error: unknown): KeyTroubleReason {
  const { code, message } = error as { code?: number; message: string };
  if (/Could not load the default credentials/.test(message)) return 'denied';
  return reasons[code ?? 0] ?? 'unreachable';
}
