import { rollingHash, type SecretFingerprint, strongOf, windowBytes } from '../secret-fingerprint.ts';

/** A form of a secret that was seen: where first, counted from 0 in bytes and from 1 in lines, and how often. */
export type Hit = { fingerprint: SecretFingerprint; offset: number; line: number; times: number };

export type Scanner = {
  /** Looks through bytes that are all there. */
  scan(bytes: Uint8Array): Hit[];
  /** Looks through bytes as they come; what lies across two chunks is found too. */
  begin(): Pass;
};
export type Pass = { push(chunk: Uint8Array): void; end(): Hit[] };

/** So many bytes are gathered before they are looked through. */
const blockBytes = 256 * 1024;
/** The first bits of a hash say at once that nothing has it. */
const filterBits = 18;

/** Looks for all fingerprints at once, in one pass over the bytes. */
export function createScanner(salt: string, fingerprints: readonly SecretFingerprint[]): Scanner {
  const sought = indexed(salt, fingerprints);
  return {
    scan(bytes) {
      const hits = new Map<string, Hit>();
      if (fingerprints.length > 0) look(sought, { bytes, last: bytes.length - windowBytes, offset: 0, line: 1, hits });
      return [...hits.values()];
    },
    begin: () => pass(sought),
  };
}

type Sought = {
  hash: ReturnType<typeof rollingHash>;
  filter: Uint8Array;
  /** By the weak mark as a signed integer, then by length: the strong mark is made once for all of a length. */
  byWeak: Map<number, Map<number, SecretFingerprint[]>>;
  longest: number;
  salt: string;
};

function indexed(salt: string, fingerprints: readonly SecretFingerprint[]): Sought {
  const byWeak: Sought['byWeak'] = new Map();
  const filter = new Uint8Array(1 << filterBits);
  let longest = windowBytes;
  for (const fingerprint of fingerprints) {
    const { weak, length } = fingerprint;
    const byLength = byWeak.get(weak | 0) ?? new Map<number, SecretFingerprint[]>();
    byWeak.set(weak | 0, byLength.set(length, [...(byLength.get(length) ?? []), fingerprint]));
    filter[weak >>> (32 - filterBits)] = 1;
    longest = Math.max(longest, length);
  }
  return { hash: rollingHash(salt), filter, byWeak, longest, salt };
}

/** Bytes to look through, as far as a form may begin at `last`; `offset` and `line` are those of the first byte. */
type Stretch = { bytes: Uint8Array; last: number; offset: number; line: number; hits: Map<string, Hit> };

/** Returns the line of the byte after `last`. */
function look(sought: Sought, stretch: Stretch): number {
  const { hash, filter, byWeak } = sought;
  const { base, leaves } = hash;
  const { bytes, last } = stretch;
  let { line } = stretch;
  if (last < 0) return line;
  // Signed, as what is rolled from it is.
  let rolled = hash.of(bytes) | 0;
  for (let at = 0; ; at += 1) {
    if (filter[rolled >>> (32 - filterBits)] === 1) {
      const byLength = byWeak.get(rolled);
      if (byLength) note(sought, byLength, { ...stretch, at, line });
    }
    const leaving = bytes[at] as number;
    if (leaving === newline) line += 1;
    if (at === last) return line;
    rolled = (Math.imul(rolled, base) + (bytes[at + windowBytes] as number) - (leaves[leaving] as number)) | 0;
  }
}
const newline = 10;

function note(
  { salt }: Sought,
  byLength: Map<number, SecretFingerprint[]>,
  { bytes, at, offset, line, hits }: Stretch & { at: number },
): void {
  for (const [length, fingerprints] of byLength) {
    if (at + length > bytes.length) continue;
    const strong = strongOf(salt, bytes.subarray(at, at + length));
    for (const fingerprint of fingerprints) {
      if (fingerprint.strong !== strong) continue;
      const key = keyOf(fingerprint);
      const hit = hits.get(key);
      if (hit) hit.times += 1;
      else hits.set(key, { fingerprint, offset: offset + at, line, times: 1 });
    }
  }
}

/** Forms that are told under one name are one: base64 is looked for at each of its places. */
export function keyOf({ secretId, version, form }: Pick<SecretFingerprint, 'secretId' | 'version' | 'form'>): string {
  return `${secretId} ${version} ${form}`;
}

function pass(sought: Sought): Pass {
  const { longest, byWeak } = sought;
  const buffer = Buffer.allocUnsafe(longest + blockBytes);
  const hits = new Map<string, Hit>();
  let filled = 0;
  let offset = 0;
  let line = 1;

  /** What may be the beginning of a form is kept for the next time. */
  function lookThrough(isEnd: boolean): void {
    const last = filled - (isEnd ? windowBytes : longest);
    if (last < 0) return;
    line = look(sought, { bytes: buffer.subarray(0, filled), last, offset, line, hits });
    buffer.copyWithin(0, last + 1, filled);
    filled -= last + 1;
    offset += last + 1;
  }
  return {
    push(chunk) {
      if (byWeak.size === 0) return;
      for (let taken = 0; taken < chunk.length;) {
        const part = chunk.subarray(taken, taken + buffer.length - filled);
        buffer.set(part, filled);
        filled += part.length;
        taken += part.length;
        if (filled === buffer.length) lookThrough(false);
      }
    },
    end() {
      lookThrough(true);
      return [...hits.values()];
    },
  };
}
