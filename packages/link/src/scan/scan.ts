import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ScanSalt, SecretFingerprint, SecretForm } from '../secret-fingerprint.ts';
import { type Scanner } from './scanner.ts';
import type { SourceHit } from './scan-source.ts';
import type { Between } from './unpack.ts';

/** That a form of a secret was seen: in which file, in its name, or in the environment or the command line of a process. */
export const ScanFinding = z.object({
  secretId: z.string(),
  version: z.int(),
  form: SecretForm,
  where: z.enum(['file', 'file-name', 'environment', 'command-line']),
  /** A path, or the name of a process. What in it is a secret itself is masked. */
  place: z.string(),
  /** Of a text, where it was seen first. */
  line: z.int().optional(),
  /** It was packed by gzip. */
  packed: z.boolean(),
  times: z.int(),
});
export type ScanFinding = z.infer<typeof ScanFinding>;

/** What was seen of a place, and what of it was not looked at. */
export const ScanReport = z.object({
  findings: z.array(ScanFinding),
  files: z.int(),
  bytes: z.int(),
  /** The first ones; `skippedMore` counts the others. */
  skipped: z.array(z.object({ place: z.string(), why: z.string() })),
  skippedMore: z.int(),
  seconds: z.number(),
});
export type ScanReport = z.infer<typeof ScanReport>;

export const scanMethods = {
  /** Looks through all that is of this bot on its host. At most one at a time; withdrawn with `cancel`. */
  'secrets.scan': {
    params: z.object({ salt: ScanSalt, fingerprints: z.array(SecretFingerprint) }),
    result: ScanReport,
  },
} as const;

/** One look at many places by one scanner, with what it has come to. */
export type Scan = {
  scanner: Scanner;
  between: Between;
  found(at: Pick<ScanFinding, 'where' | 'place'>, hits: readonly SourceHit[]): void;
  looked(bytes: number): void;
  skip(place: string, why: string): void;
  report(): ScanReport;
};

const skippedMax = 50;
/** More than this no person reads; each is one form in one place, however often. */
const findingsMax = 2_000;
/** Of the time it takes no more than half is spent working, a little at a time. */
const workMs = 20;

/** Begins a look that stops when the signal says so, and that leaves half of a processor to others. */
export function beginScan(scanner: Scanner, signal: AbortSignal): Scan {
  const startedAt = performance.now();
  const findings = new Map<string, ScanFinding>();
  const skipped: ScanReport['skipped'] = [];
  const counts = { files: 0, bytes: 0, skippedMore: 0 };
  let since = startedAt;
  const mask = (text: string) => maskFound(scanner, text);
  const scan: Scan = {
    scanner,
    async between() {
      signal.throwIfAborted();
      const worked = performance.now() - since;
      if (worked < workMs) return;
      await sleep(worked, undefined, { signal });
      since = performance.now();
    },
    found({ where, place }, hits) {
      for (const { fingerprint, packed, times, line } of hits) {
        const { secretId, version, form } = fingerprint;
        const finding = { secretId, version, form, where, place: mask(place), packed, times };
        const key = JSON.stringify([secretId, version, form, where, finding.place, packed]);
        const before = findings.get(key);
        if (before) before.times += times;
        else if (findings.size < findingsMax)
          findings.set(key, { ...finding, ...(line === undefined ? {} : { line }) });
        else scan.skip(place, `More than ${findingsMax} findings: delete those first`);
      }
    },
    looked(bytes) {
      counts.files += 1;
      counts.bytes += bytes;
    },
    skip(place, why) {
      if (skipped.length < skippedMax) skipped.push({ place: mask(place), why });
      else counts.skippedMore += 1;
    },
    report: () => ({
      findings: [...findings.values()],
      ...counts,
      skipped,
      seconds: (performance.now() - startedAt) / 1000,
    }),
  };
  return scan;
}

/** The text with every form of a sought secret in it blotted out. */
export function maskFound(scanner: Scanner, text: string): string {
  let bytes = Buffer.from(text);
  for (;;) {
    const [hit] = scanner.scan(bytes);
    if (!hit) return bytes.toString();
    const { offset, fingerprint } = hit;
    bytes = Buffer.concat([
      bytes.subarray(0, offset),
      Buffer.from('[secret]'),
      bytes.subarray(offset + fingerprint.length),
    ]);
  }
}
