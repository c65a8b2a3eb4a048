import { hasChecksum, newPrefixedToken } from '../session/prefixed-token.ts';

/** Keys made before there was a checksum end after the 43 characters of their 256 random bits. */
const form = /^claw_[\w-]{43}([\w-]{6})?$/;

/** The value of a new key. Its prefix tells secret scanners and people alike that it is one of ours. */
export function newKeyValue(): { value: string; prefix: string } {
  return newPrefixedToken('claw_');
}

/** Whether a text can be a key at all, told without asking anyone. */
export function isKeyValue(text: string): boolean {
  const checksum = form.exec(text);
  if (!checksum) return false;
  return checksum[1] === undefined || hasChecksum(text);
}
