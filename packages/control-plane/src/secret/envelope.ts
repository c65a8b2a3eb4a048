import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** What is stored of a secret; `ciphertext` ends with its 16-byte tag. */
export type Envelope = { nonce: Buffer; ciphertext: Buffer };

const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts with AES-256-GCM, bound to where it is stored: opened anywhere else, it fails. */
export function seal(key: Buffer, plaintext: Buffer, boundTo: readonly (string | number)[]): Envelope {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(boundTo));
  return { nonce, ciphertext: Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]) };
}

/** Opens what `seal` made; throws when a bit of it, the key or the place differs. */
export function unseal(key: Buffer, envelope: Envelope, boundTo: readonly (string | number)[]): Buffer {
  const { nonce, ciphertext } = envelope;
  if (nonce.length !== nonceBytes || ciphertext.length < tagBytes) throw new Error('The stored secret is damaged');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(associatedData(boundTo));
  decipher.setAuthTag(ciphertext.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(ciphertext.subarray(0, -tagBytes)), decipher.final()]);
  } catch (cause) {
    throw new Error('The stored secret was altered, moved, or encrypted with another key', { cause });
  }
}

/** JSON keeps the parts apart: ["a","bc"] and ["ab","c"] differ. */
function associatedData(boundTo: readonly (string | number)[]): Buffer {
  return Buffer.from(JSON.stringify(['clawster-1', ...boundTo]));
}
