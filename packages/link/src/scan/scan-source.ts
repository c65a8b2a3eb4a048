import { type Hit, keyOf, type Scanner } from './scanner.ts';
import { type Between, type Source, type Unpacking, unpack } from './unpack.ts';

/** `packed`: it was seen in what gzip had packed, `line` is that of a text. */
export type SourceHit = Omit<Hit, 'line' | 'offset'> & { packed: boolean; line?: number };

/** What was seen; `cut` says what was not looked through, and why. */
export type SourceScan = { hits: SourceHit[]; bytes: number; cut?: string };

const unpackedBytesMax = 64 * 1024 * 1024;
/** Three bytes begin a member: those that only look like one are few unless someone makes many. */
const membersMax = 1_000;
const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);
/** Gzip within gzip is looked into, and no deeper. */
const depthMax = 2;

/** Looks through a source and through what gzip packed in it, wherever in it that begins. */
export async function scanSource(scanner: Scanner, source: Source, between: Between): Promise<SourceScan> {
  const budget = { left: unpackedBytesMax };
  return scanAtDepth(scanner, source, { between, budget, depth: 0 });
}

/** The same of bytes that are all there: without gzip in them they are looked through where they lie. */
export async function scanBytes(scanner: Scanner, bytes: Buffer, between: Between): Promise<SourceHit[]> {
  if (bytes.includes(gzipMagic)) return (await scanSource(scanner, whole(bytes), between)).hits;
  return scanner.scan(bytes).map(({ fingerprint, times }) => ({ fingerprint, times, packed: false }));
}

type Way = Unpacking & { depth: number };

async function scanAtDepth(scanner: Scanner, source: Source, way: Way): Promise<SourceScan> {
  const isPacked = way.depth > 0;
  const { hits: seen, bytes, isText, members } = await scanPlain(scanner, source, way.between);
  const hits = new Map<string, SourceHit>();
  for (const { fingerprint, times, line } of seen)
    keep(hits, { fingerprint, times, packed: isPacked, ...(isText && !isPacked ? { line } : {}) });
  const cut = way.depth < depthMax ? await scanMembers(members, scanMember) : undefined;
  return { hits: [...hits.values()], bytes, ...(cut ? { cut } : {}) };

  async function scanMember(from: number) {
    const { bytes: unpacked, taken, isCut } = await unpack(source, from, way);
    const inner = await scanAtDepth(scanner, whole(unpacked), { ...way, depth: way.depth + 1 });
    for (const hit of inner.hits) keep(hits, hit);
    return { end: from + taken, cut: isCut ? cutSentence : inner.cut };
  }
}
const cutSentence = 'More than 64 MB when unpacked: what comes after was not looked through';

/** One after the other, but for those within one that was unpacked. Says what was left out. */
async function scanMembers(
  members: readonly number[],
  scanMember: (from: number) => Promise<{ end: number; cut: string | undefined }>,
): Promise<string | undefined> {
  let end = 0;
  for (const from of members) {
    if (from < end) continue;
    const scanned = await scanMember(from);
    if (scanned.cut) return scanned.cut;
    end = scanned.end;
  }
  return members.length < membersMax
    ? undefined
    : 'Too many packed parts: those after the first 1,000 were not unpacked';
}

function keep(hits: Map<string, SourceHit>, hit: SourceHit): void {
  const key = `${keyOf(hit.fingerprint)} ${hit.packed}`;
  const before = hits.get(key);
  if (before) before.times += hit.times;
  else hits.set(key, hit);
}

/** The bytes as they are, and where in them a member of gzip may begin. */
async function scanPlain(scanner: Scanner, source: Source, between: Between) {
  const pass = scanner.begin();
  const members: number[] = [];
  let bytes = 0;
  let isText = true;
  let tail = Buffer.alloc(0);
  for await (const chunk of source(0)) {
    pass.push(chunk);
    if (chunk.includes(0)) isText = false;
    const joined = Buffer.concat([tail, chunk]);
    addMembers(members, joined, bytes - tail.length);
    tail = Buffer.from(joined.subarray(-(gzipMagic.length - 1)));
    bytes += chunk.length;
    await between();
  }
  return { hits: pass.end(), bytes, isText, members };
}

function addMembers(members: number[], bytes: Buffer, offset: number): void {
  for (let at = bytes.indexOf(gzipMagic); at >= 0 && members.length < membersMax; at = bytes.indexOf(gzipMagic, at + 1))
    members.push(offset + at);
}

/** Bytes that are all there, as a source. */
export function whole(bytes: Uint8Array): Source {
  return async function* (from) {
    for (let at = from; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  };
}
const chunkBytes = 256 * 1024;
