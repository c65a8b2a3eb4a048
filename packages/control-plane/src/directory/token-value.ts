import { hasChecksum, newPrefixedToken } from '../session/prefixed-token.ts';

/** No API key has this form, so that neither is ever taken for the other. */
const form = /^clawscim_[\w-]{49}$/;

/** The value of a new token of a directory. */
export function newTokenValue(): { value: string; prefix: string } {
  return newPrefixedToken('clawscim_');
}

/** Whether a text can be such a token at all, told without asking anyone. */
export function isTokenValue(text: string): boolean {
  return form.test(text) && hasChecksum(text);
}
