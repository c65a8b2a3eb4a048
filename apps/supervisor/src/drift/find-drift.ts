import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Running } from '../gateway/bring-up.ts';
import type { BotFolder } from '../gateway/folder.ts';
import { type Found, readOwn } from '../gateway/own-file.ts';

/** A file of the supervisor's as it was written; undefined: there was none. */
export type Written = { name: string; path: string; text: string | undefined };
/** `stamp` is another after every further change. */
export type Drifted = Written & { found: Found; stamp: string };

export const documentName = 'openclaw.json';
/** What a bot with the tool to write could make itself into someone else by. */
const identityNames = ['AGENTS.md', 'SOUL.md', 'IDENTITY.md'];

/** Finds what is not as it was written; reads only what has another stamp than when it was last read. */
export function createDriftFinder(folder: BotFolder): (running: Running) => Promise<Drifted[]> {
  const seen = new Map<string, { stamp: string; text: string | undefined; drifted: Drifted | undefined }>();
  const look = async (written: Written): Promise<Drifted | undefined> => {
    const { name, path, text } = written;
    const stamp = await stampOf(path);
    const last = seen.get(name);
    if (last?.stamp === stamp && last.text === text) return last.drifted;
    const found = await readOwn(path);
    const drifted = isAsWritten(written, found) ? undefined : { ...written, found, stamp };
    seen.set(name, { stamp, text, drifted });
    return drifted;
  };
  return async (running) => {
    const looked = await Promise.all(writtenBy(running, folder).map(look));
    return looked.filter((one) => one !== undefined);
  };
}

function writtenBy({ documentText, applied }: Running, { config, workspace }: BotFolder): Written[] {
  const names = [...new Set([...identityNames, ...Object.keys(applied.files)])];
  return [
    { name: documentName, path: config, text: documentText },
    ...names.map((name) => ({ name, path: join(workspace, name), text: applied.files[name] })),
  ];
}

/** A document that says the same in another order or with other spaces is the same. */
function isAsWritten({ name, text }: Written, found: Found): boolean {
  if (found.kind !== 'text') return found.kind === 'absent' && text === undefined;
  return found.text === text || (name === documentName && isDeepStrictEqual(parsed(found.text), parsed(text ?? '')));
}

/** More than OpenClaw's own schema is deep; what is deeper is an attack on whoever looks at it. */
const depthMax = 60;

/** Undefined when it is no JSON of a sensible depth. */
export function parsed(text: string): unknown {
  try {
    return depthOf(text) > depthMax ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** How deep brackets lie in each other, at most. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += '[{'.includes(bracket) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Changes with everything that is done to a file, also when its time is set back. */
async function stampOf(path: string): Promise<string> {
  const stat = await lstat(path, { bigint: true }).catch(() => undefined);
  return stat ? [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ') : 'absent';
}
