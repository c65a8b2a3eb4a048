import { Settings } from '@clawster/contract/settings';
import { z } from 'zod';
import { readDocument } from './read-document.ts';

/** What a layer says, as an option. */
export const settingsOption: [string, string] = [
  '--settings <text>',
  'what it says, as YAML or JSON; @file reads it from a file',
];

/** Settings from the option; refuses, by where they are, those no layer can have. */
export async function readSettings(text: string): Promise<Settings> {
  return Settings.parse((await readDocument(text)) ?? {});
}

/** `name=value` pairs; a value that is a number, true or false is one. */
export const Answers = z
  .array(z.string().regex(/^[A-Za-z]\w*=/, 'Write name=value'))
  .optional()
  .transform((pairs) => pairs && Object.fromEntries(pairs.map(answerOf)));

function answerOf(pair: string): [string, string | number | boolean] {
  const at = pair.indexOf('=');
  const text = pair.slice(at + 1);
  if (text === 'true' || text === 'false') return [pair.slice(0, at), text === 'true'];
  return [pair.slice(0, at), /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text];
}
