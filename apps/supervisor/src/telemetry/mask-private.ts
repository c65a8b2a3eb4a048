import { isIPv6 } from 'node:net';
import { maskSecrets } from '../host/mask.ts';

/**
 * The text with keys, e-mail addresses, IBANs, IP addresses and numbers of cards and phones each replaced by what it was.
 * Takes time in proportion to the text, whatever is in it. Rather masks too much: any run of seven digits may be a phone.
 */
export function maskPrivate(text: string): string {
  let masked = text;
  for (const [form, put] of keyForms) masked = masked.replaceAll(form, put);
  return maskNumbers(maskAddresses(maskIbans(maskMails(maskSecrets(masked)))));
}

/** None of these begins anew inside what it already looked through. */
const keyForms: [RegExp, string][] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,40}PRIVATE KEY-----|$)/g, '[key]'],
  [/\b(?:sk|pk|rk)[-_][\w-]{16,}/g, '[key]'],
  [/\b(?:gh[opsur]_|github_pat_|glpat-|hf_|xox[abeprs]-|xapp-|AIza)[\w-]{10,}/g, '[key]'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}/g, '[key]'],
  [/(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, '[key]'],
  [/\d{6,12}:[\w-]{30,}/g, '[key]'],
  [/\b(api[ _-]?key|token|secret|passphrase|password|passwd|pwd)(\s{0,5}[:=]\s{0,5})[^\s,;]+/gi, '$1$2[key]'],
];

/** Looks from each @ to both sides: an expression would look at every letter for the @ it never comes to. */
function maskMails(text: string): string {
  let masked = '';
  let done = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let first = at;
    while (first > done && isOfName(text.charCodeAt(first - 1))) first -= 1;
    let last = at + 1;
    while (last < text.length && isOfDomain(text.charCodeAt(last))) last += 1;
    const domain = text.slice(at + 1, last).replace(/[.-]+$/, '');
    if (first === at || !domain.includes('.')) continue;
    masked += `${text.slice(done, first)}[e-mail]`;
    done = at + 1 + domain.length;
  }
  return masked + text.slice(done);
}

const isLetterOrDigit = (code: number) =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isOfDomain = (code: number) => isLetterOrDigit(code) || code > 127 || code === 45 || code === 46;
/** RFC 5322's characters of an unquoted name, beside those of a domain. */
const nameMarks = new Set(Buffer.from("!#$%&'*+/=?^_`{|}~"));
const isOfName = (code: number) => isOfDomain(code) || nameMarks.has(code);

function maskIbans(text: string): string {
  let masked = '';
  let done = 0;
  for (const { index } of text.matchAll(/(?<![A-Za-z0-9])[A-Za-z]{2}(?=\d{2})/g)) {
    const end = index < done ? undefined : endOfIban(text, index);
    if (end === undefined) continue;
    masked += `${text.slice(done, index)}[IBAN]`;
    done = end;
  }
  return masked + text.slice(done);
}

/** Where the IBAN that begins there ends, by its check digits: modulo 97, letters as numbers, its head behind the rest. */
function endOfIban(text: string, first: number): number | undefined {
  const head = digitsOf(text.charCodeAt(first)) * 10_000 + digitsOf(text.charCodeAt(first + 1)) * 100;
  const check = head + Number(text.slice(first + 2, first + 4));
  let rest = 0;
  let end: number | undefined;
  for (let at = first + 4, count = 4; at < text.length && count < 34; at += 1) {
    const code = text.charCodeAt(at);
    const isGap = code === 32 || code === 45;
    if (isGap) continue;
    if (!isLetterOrDigit(code)) break;
    const value = digitsOf(code);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
    count += 1;
    // What is written behind it may look as if it went on: the longest that is right is it.
    if (count >= 15 && (rest * 1_000_000 + check) % 97 === 1) end = at + 1;
  }
  return end;
}

/** A digit as it is, A as 10, Z as 35. */
function digitsOf(code: number): number {
  return code <= 57 ? code - 48 : (code | 32) - 87;
}

function maskAddresses(text: string): string {
  return text
    .replaceAll(/\d{1,3}(?:\.\d{1,3}){3}/g, '[IP address]')
    .replaceAll(/[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}/gi, (found) => {
      const bare = found.replace(/^:(?!:)/, '').replace(/(?<!:):$/, '');
      return isIPv6(bare) ? found.replace(bare, '[IP address]') : found;
    });
}

const isDate = /^\d{4}[-./]\d{1,2}[-./]\d{1,2}$/;

function maskNumbers(text: string): string {
  return text.replaceAll(/\+?\(?\d[\d ().\u00a0/-]{5,}\d/g, (run) => {
    const digits = run.replaceAll(/\D/g, '');
    if (digits.length < 7 || isDate.test(run)) return run;
    return hasCard(digits) ? '[card number]' : '[phone number]';
  });
}

/** Whether a card's number is among the digits: thirteen to nineteen, with the check digit of Luhn. */
function hasCard(digits: string): boolean {
  for (let length = 13; length <= 19; length += 1) {
    if (digits.length < length) return false;
    // Behind the first it would be masked as well: of very long runs no more is looked at.
    for (let first = 0; first + length <= Math.min(digits.length, 40); first += 1) {
      if (isLuhn(digits.slice(first, first + length))) return true;
    }
  }
  return false;
}

function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
