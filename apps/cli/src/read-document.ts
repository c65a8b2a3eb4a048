import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { CliRefusal, exitCodes } from './failure.ts';

/** More than any file of settings needs; what is larger is not read into memory twice. */
const bytesMax = 1_000_000;

/** What a file of YAML or JSON says, or what is typed in its place: `@file` reads it. */
export async function readDocument(text: string): Promise<unknown> {
  const name = text.startsWith('@') ? text.slice(1) : undefined;
  const source = name === undefined ? text : await read(name);
  const place = name ?? 'The text';
  if (source.length > bytesMax)
    throw new CliRefusal(`${place} is larger than 1 MB: leave out what is the default.`, exitCodes.usage);
  const document = parseDocument(source);
  const [error] = document.errors;
  if (error)
    throw new CliRefusal(`${place} is not valid YAML or JSON: ${error.message.split('\n', 1)[0]}`, exitCodes.usage);
  // Aliases can be made to unfold to any size, and settings need none.
  try {
    return document.toJS({ maxAliasCount: 0 }) as unknown;
  } catch (cause) {
    throw new CliRefusal(`${place} uses YAML aliases, which are not read: write it out.`, exitCodes.usage, { cause });
  }
}

function read(name: string): Promise<string> {
  return readFile(name, 'utf8').catch((cause: unknown) => {
    throw new CliRefusal(`The file ${name} cannot be read. Check its path.`, exitCodes.usage, { cause });
  });
}
