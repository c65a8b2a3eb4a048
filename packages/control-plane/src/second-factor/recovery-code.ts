import { randomBytes } from 'node:crypto';
import { hashToken } from '../session/token.ts';

const codes = 10;
/** 120 bits: beyond the 112 from which on a plain hash is enough (ASVS 5.0, 6.5.2). */
const codeBytes = 15;
/** Crockford's: nothing in it is mistaken for another when it is read from paper. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Ten codes of 120 random bits each, to be kept on paper: so many bits that a plain hash of one gives nothing away. Earlier ones had 80, and stay good. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: codes }, newCode);
}

/** What is stored of a code, however it was typed. */
export function hashRecoveryCode(code: string): Buffer {
  return hashToken(code.toLowerCase().replaceAll(/[^0-9a-z]/g, ''));
}

function newCode(): string {
  const bits = [...randomBytes(codeBytes)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}
