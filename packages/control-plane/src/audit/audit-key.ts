import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { boundToInstallation } from '../secret/installation-key.ts';
import type { KeyWrapper } from '../secret/key-wrapper.ts';
import type { Tx } from '../transaction.ts';

/** The key that signs the audit trail of this installation. */
export type AuditKey = {
  /** Its fingerprint. */
  id: string;
  /** The 32 bytes of the public key, in base64url. */
  publicKey: string;
  sign(statement: string): string;
  isSigned(statement: string, signature: string): boolean;
};

const purpose = 'audit';
const boundTo = boundToInstallation(purpose);

/** The installation's key, unwrapped; undefined when there is none. Throws when it is another than was wrapped here. */
export async function findAuditKey(tx: Tx, keys: KeyWrapper): Promise<AuditKey | undefined> {
  const row = await tx
    .selectFrom('installationKey')
    .select(['kekId', 'wrapped'])
    .where('purpose', '=', purpose)
    .executeTakeFirst();
  if (!row) return undefined;
  const der = await keys.unwrap(row.kekId, row.wrapped, boundTo);
  return auditKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

/** The key for whoever only looks: that it cannot be had is something to tell, and no reason not to look. */
export async function lookForAuditKey(tx: Tx, keys: KeyWrapper): Promise<{ key: AuditKey | undefined; why: string }> {
  return findAuditKey(tx, keys).then(
    (key) => ({ key, why: 'is gone from the database' }),
    () => ({ key: undefined, why: 'was replaced: it is not one that this installation has wrapped' }),
  );
}

/** Makes the installation's key; in the database it is only ever wrapped. */
export async function createAuditKey(tx: Tx, keys: KeyWrapper): Promise<AuditKey> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const made = await keys.wrap(privateKey.export({ format: 'der', type: 'pkcs8' }), boundTo);
  await tx
    .insertInto('installationKey')
    .values({ purpose, name: made.kekId, ...made })
    .execute();
  return auditKey(privateKey);
}

function auditKey(privateKey: KeyObject): AuditKey {
  const publicKey = createPublicKey(privateKey);
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  return {
    id: `ed25519:${createHash('sha256').update(raw).digest('hex').slice(0, 32)}`,
    publicKey: raw.toString('base64url'),
    sign: (statement) => sign(null, Buffer.from(statement), privateKey).toString('base64url'),
    isSigned: (statement, signature) =>
      verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, 'base64url')),
  };
}

/** SHA-256 in hexadecimal: the hash of the chain. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
