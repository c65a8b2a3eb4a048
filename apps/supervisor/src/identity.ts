import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signedText } from '@clawster/link/handshake';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

const Stored = z.object({ privateKey: z.string(), enrolled: z.boolean() });

/** The supervisor's own key. It never leaves the bot's folder; the control plane knows its public half. */
export type Identity = {
  publicKey: string;
  /** Whether the control plane has taken the key: from then on it is proved, not enrolled. */
  enrolled: boolean;
  sign(nonce: string, botId: string): string;
  /** A text of its own for a purpose: the same at each start, and not to be guessed. */
  derive(purpose: string): string;
  markEnrolled(): Promise<void>;
};

/** Reads the key of this folder, or makes one on first use. */
export async function openIdentity(directory: string): Promise<Identity> {
  const file = join(directory, 'identity.json');
  const stored = await readStored(file);
  const privateKey = stored
    ? createPrivateKey({ key: Buffer.from(stored.privateKey, 'base64url'), format: 'der', type: 'pkcs8' })
    : generateKeyPairSync('ed25519').privateKey;
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '';

  const save = async (enrolled: boolean) => {
    const text = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url');
    await writeFileAtomic(file, JSON.stringify({ privateKey: text, enrolled }), { mode: 0o600 });
  };
  if (!stored) await save(false);

  const derived = (purpose: string) =>
    createHmac('sha256', privateKey.export({ format: 'der', type: 'pkcs8' }))
      .update(purpose)
      .digest('base64url');
  const identity: Identity = {
    publicKey,
    enrolled: stored?.enrolled ?? false,
    sign: (nonce, botId) =>
      sign(null, Buffer.from(signedText(nonce, botId, publicKey)), privateKey).toString('base64url'),
    derive: derived,
    async markEnrolled() {
      await save(true);
      identity.enrolled = true;
    },
  };
  return identity;
}

async function readStored(file: string) {
  try {
    return Stored.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} is damaged. Remove it and start the bot again to enrol a new key`, { cause: error });
  }
}
