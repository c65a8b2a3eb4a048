import { randomBytes } from 'node:crypto';
import type { KeyClient } from '@azure/keyvault-keys';
import { seal, unseal } from '../envelope.ts';
import { type KeyDriver, KeyTrouble, type KeyTroubleReason, usingKey } from '../key-driver.ts';
import { once } from '../once.ts';

/**
 * A key of Azure Key Vault: RSA, or AES of a managed HSM. It binds what it wraps to nothing, so it wraps a key that is used
 * once, and that one seals the data key for its place. Ids name the version that wrapped.
 */
export function azureKey(
  { vaultUrl, name }: { vaultUrl: string; name: string },
  connect: () => Promise<KeyClient> = () => connectAzureKeys(vaultUrl),
): KeyDriver {
  const client = once(connect);
  const versions = `azure-key-vault:${vaultUrl}/keys/${name}`;
  let newest = versions;
  const use = async (version: string) => (await client()).getCryptographyClient(name, { keyVersion: version });
  return {
    kind: 'azure-key-vault',
    get id() {
      return newest;
    },
    holds: (kekId) => kekId.startsWith(`${versions}/`),
    wrap: (dataKey, boundTo) =>
      usingKey(newest, { reasonOf }, async () => {
        const { version = '' } = (await (await client()).getKey(name)).properties;
        const inner = randomBytes(32);
        const { result } = await (await use(version)).wrapKey(algorithmOf(vaultUrl), inner);
        newest = `${versions}/${version}`;
        const { nonce, ciphertext } = seal(inner, dataKey, ['data_key', boundTo, newest]);
        return { kekId: newest, wrapped: joined(Buffer.from(result), Buffer.concat([nonce, ciphertext])) };
      }),
    unwrap: ({ kekId, wrapped }, boundTo) =>
      usingKey(kekId, { reasonOf }, async () => {
        const [outer, sealed] = parted(wrapped, kekId);
        const version = kekId.slice(versions.length + 1);
        const { result } = await (await use(version)).unwrapKey(algorithmOf(vaultUrl), outer);
        const envelope = { nonce: sealed.subarray(0, 12), ciphertext: sealed.subarray(12) };
        return opened(kekId, () => unseal(Buffer.from(result), envelope, ['data_key', boundTo, kekId]));
      }),
  };
}

const algorithmOf = (vaultUrl: string) => (vaultUrl.endsWith('.managedhsm.azure.net') ? 'A256KW' : 'RSA-OAEP-256');

function joined(outer: Buffer, sealed: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(outer.length);
  return Buffer.concat([length, outer, sealed]);
}

function parted(wrapped: Buffer, kekId: string): [outer: Buffer, sealed: Buffer] {
  const end = 2 + (wrapped.length < 2 ? 0 : wrapped.readUInt16BE());
  if (wrapped.length < end + 12) throw new KeyTrouble('altered', kekId, undefined);
  return [wrapped.subarray(2, end), wrapped.subarray(end)];
}

function opened(kekId: string, unwrap: () => Buffer): Buffer {
  try {
    return unwrap();
  } catch (error) {
    throw new KeyTrouble('altered', kekId, error);
  }
}

/** A service that is away is told soon: what needs it is tried again anyway. */
export const azureOptions = { retryOptions: { maxRetries: 2, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 } };

/** With the SDK's own chain of credentials. */
async function connectAzureKeys(vaultUrl: string): Promise<KeyClient> {
  const { KeyClient: Client } = await import('@azure/keyvault-keys');
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new Client(vaultUrl, new DefaultAzureCredential(), azureOptions);
}

function reasonOf(error: unknown): KeyTroubleReason {
  const { statusCode, name, message } = error as { statusCode?: number; name: string; message: string };
  if (/disabled|expired|not yet valid|KeyDisabled/i.test(message)) return 'disabled';
  if (name === 'CredentialUnavailableError' || name === 'AggregateAuthenticationError') return 'denied';
  if (statusCode === 401 || statusCode === 403) return 'denied';
  if (statusCode === 404) return 'missing';
  return statusCode === 400 ? 'altered' : 'unreachable';
}
