import { createHash } from 'node:crypto';
import { writeOwn } from './own-file.ts';

/** What only this host can say; takes the place of `${clawster:…}` in the document. */
export type HostValues = {
  port: number;
  modelUrl: string;
  telegramUrl: string;
  teamUrl: string;
  bridge: string;
  workspace: string;
  logFile: string;
  resolver: string;
};

/** The document as OpenClaw reads it. A value that is nothing but a placeholder takes its type, so a port is a number. */
export function fillDocument(document: Record<string, unknown>, values: HostValues): string {
  const filled = JSON.stringify(
    document,
    (_, value: unknown) => (typeof value === 'string' ? fill(value, values) : value),
    2,
  );
  return `${filled}\n`;
}

/** Renamed into place whole, so that a gateway that watches the file never reads half of it. */
export async function writeDocument(file: string, text: string): Promise<void> {
  await writeOwn(file, text);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function fill(text: string, values: HostValues): string | number {
  const whole = /^\$\{clawster:(\w+)\}$/.exec(text);
  if (whole) return valueOf(whole[1] ?? '', values);
  return text.replaceAll(/\$\{clawster:(\w+)\}/g, (_, name: string) => String(valueOf(name, values)));
}

function valueOf(name: string, values: HostValues): string | number {
  if (Object.hasOwn(values, name)) return values[name as keyof HostValues];
  throw new Error(
    `The document asks for \${clawster:${name}}, which this supervisor does not know. Update the supervisor`,
  );
}
