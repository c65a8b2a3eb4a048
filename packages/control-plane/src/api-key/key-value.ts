import { createHash } from 'node:crypto';
import { newToken } from '../session/token.ts';

/** Told by secret scanners and people alike to be a key of ours. */
const prefix = 'claw_';
/** Enough of it to recognise the key in a log, and no help in guessing it. */
const shownLength = prefix.length + 7;
/** Keys made before there was a checksum end after the 43 characters of their 256 random bits. */
const form = /^claw_[\w-]{43}([\w-]{6})?$/;
const checksumLength = 6;

/** The value of a new key: 256 random bits, with a prefix and a checksum by which a mistyped or made-up one is told. */
export function newKeyValue(): { value: string; prefix: string } {
  const unchecked = `${prefix}${newToken()}`;
  return { value: unchecked + checksumOf(unchecked), prefix: unchecked.slice(0, shownLength) };
}

/** Whether a text can be a key at all, told without asking anyone. */
export function isKeyValue(text: string): boolean {
  const checksum = form.exec(text);
  if (!checksum) return false;
  return checksum[1] === undefined || checksum[1] === checksumOf(text.slice(0, -checksumLength));
}

/** 36 bits: of a billion mistyped keys, none is likely to pass. */
function checksumOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, checksumLength);
}
