import { createHash } from 'node:crypto';

/** What names a version of a skill: the SHA-256 of its files by their paths, whatever their order. Both ends of the link ask it. */
export function skillDigest(files: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return `sha256:${createHash('sha256').update(JSON.stringify(sorted)).digest('hex')}`;
}
