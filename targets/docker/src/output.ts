import type Docker from 'dockerode';

const headerBytes = 8;

/** The last lines a container wrote, oldest first. */
export async function lastLines(container: Docker.Container, lines: number): Promise<string[]> {
  const framed = await container.logs({ stdout: true, stderr: true, tail: lines, follow: false });
  return linesIn(framed, lines);
}

/** The last lines of what an engine answers of a container's output, oldest first. */
export function linesIn(framed: Buffer, lines: number): string[] {
  return textOf(framed)
    .split('\n')
    .filter((line) => line !== '')
    .slice(-lines);
}

/** What was written; output comes in frames: which stream and how long, then that much. */
export function textOf(framed: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at + headerBytes <= framed.length;) {
    const length = framed.readUInt32BE(at + 4);
    parts.push(framed.subarray(at + headerBytes, at + headerBytes + length));
    at += headerBytes + length;
  }
  return Buffer.concat(parts).toString('utf8');
}
