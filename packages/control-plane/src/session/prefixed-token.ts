import { createHash } from 'node:crypto';
import { newToken } from './token.ts';

/** Enough of it to recognise the token in a log, and no help in guessing it. */
const shownRandom = 7;
const checksumLength = 6;

/** A new token of a program: 256 random bits, with a prefix and a checksum by which a mistyped or made-up one is told. */
export function newPrefixedToken(prefix: string): { value: string; prefix: string } {
  const unchecked = `${prefix}${newToken()}`;
  return { value: unchecked + checksumOf(unchecked), prefix: unchecked.slice(0, prefix.length + shownRandom) };
}

/** Whether a token ends in the checksum of what is before. */
export function hasChecksum(token: string): boolean {
  return token.slice(-checksumLength) === checksumOf(token.slice(0, -checksumLength));
}

/** 36 bits: of a billion mistyped tokens, none is likely to pass. */
function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, checksumLength);
}
