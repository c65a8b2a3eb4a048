import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, so that what is stored of it (its SHA-256) can be looked up and never guessed. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
