import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';

/** How a value may have been written where it was found. */
export const SecretForm = z.enum(['raw', 'hex', 'base64', 'base64url', 'url-encoded', 'json-escaped']);
export type SecretForm = z.infer<typeof SecretForm>;

/** So many bytes are rolled over; a form that is shorter would be found where it is not. */
export const windowBytes = 12;
/** Of the longest value that can be kept the longest form is shorter. */
export const formBytesMax = 64 * 1024;

/** What a form of a value is known by, to who has the salt: enough to know it when it is seen, not to say it. */
export const SecretFingerprint = z.object({
  secretId: z.string(),
  version: z.int(),
  form: SecretForm,
  length: z.int().min(windowBytes).max(formBytesMax),
  /** The rolling hash of the first bytes. */
  weak: z.int().min(0).max(0xffff_ffff),
  /** The first 16 bytes of HMAC-SHA256 of all of it. */
  strong: z.string().length(22),
});
export type SecretFingerprint = z.infer<typeof SecretFingerprint>;

/** A salt as it travels. */
export const ScanSalt = z.string().min(22).max(100);

/** A value to look for, of which secret and which of its versions. */
export type SoughtSecret = { secretId: string; version: number; value: string };

/** Fingerprints of all forms of a value that are long enough to be looked for. Both ends of the link ask the same. */
export function fingerprintsOf(salt: string, { value, ...secret }: SoughtSecret): SecretFingerprint[] {
  const hash = rollingHash(salt);
  return formsOf(value)
    .filter(({ bytes }) => bytes.length >= windowBytes && bytes.length <= formBytesMax)
    .map(({ form, bytes }) => ({
      ...secret,
      form,
      length: bytes.length,
      weak: hash.of(bytes),
      strong: strongOf(salt, bytes),
    }));
}

/** Whether a value is too short to be looked for as it is; its longer forms still are. */
export function isTooShort(value: string): boolean {
  return Buffer.byteLength(value) < windowBytes;
}

/** Each way a value may be written, once: a form that is the same bytes as one before it is left out. */
export function formsOf(value: string): { form: SecretForm; bytes: Buffer }[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const aligned = [0, 1, 2].map((before) => base64After(bytes, before));
  const texts: [SecretForm, string][] = [
    ['raw', value],
    ['hex', hex],
    ['hex', hex.toUpperCase()],
    ...aligned.map((text): [SecretForm, string] => ['base64', text]),
    ...aligned.map((text): [SecretForm, string] => ['base64url', text.replaceAll('+', '-').replaceAll('/', '_')]),
    ['url-encoded', encodeURIComponent(value.toWellFormed())],
    ['json-escaped', JSON.stringify(value).slice(1, -1)],
  ];
  const seen = new Set<string>();
  return texts
    .filter(([, text]) => !seen.has(text) && seen.add(text))
    .map(([form, text]) => ({ form, bytes: Buffer.from(text) }));
}

/** What base64 makes of the value behind so many other bytes, without the ends that depend on what is around it. */
function base64After(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const unstable = before === 0 ? 0 : before + 1;
  return text.slice(unstable, Math.floor(((before + bytes.length) * 4) / 3));
}

/** The strong mark of some bytes. */
export function strongOf(salt: string, bytes: Uint8Array): string {
  return createHmac('sha256', salt).update(bytes).digest().subarray(0, 16).toString('base64url');
}

/** The weak mark: a polynomial of the window, modulo 2^32, to a base that the salt gives. */
export function rollingHash(salt: string) {
  // Odd, or the first bytes of the window would be shifted out.
  const base = createHash('sha256').update(salt).digest().readInt32LE(0) | 1;
  let leaving = 1;
  for (let power = 0; power < windowBytes; power += 1) leaving = Math.imul(leaving, base);
  return {
    base,
    /** What a byte that leaves the window takes with it. */
    leaves: Int32Array.from({ length: 256 }, (_, byte) => Math.imul(byte, leaving)),
    /** Of the window that begins there. */
    of(bytes: Uint8Array, at = 0): number {
      let hash = 0;
      for (let index = at; index < at + windowBytes; index += 1)
        hash = (Math.imul(hash, base) + (bytes[index] ?? 0)) | 0;
      return hash >>> 0;
    },
  };
}
