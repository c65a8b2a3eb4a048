import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

const isState = (name: string) =>
  /^(state|workspace)\//.test(name) && !/^state\/(tmp|logs|npm|cache)\/|^state\/openclaw\.json/.test(name);

/** The files of a volume that are a bot's state, as a stand-in hands them on. */
export function packFiles(files: ReadonlyMap<string, string>): Readable {
  const body = JSON.stringify([...files].filter(([name]) => isState(name)));
  return Readable.from([`${sumOf(body)}\n`, body], { objectMode: false });
}

/** Reads them again; refuses whatever is not as it was packed. */
export async function unpackFiles(archive: Readable): Promise<Map<string, string>> {
  const text = (await buffer(archive)).toString('utf8');
  const end = text.indexOf('\n');
  const body = text.slice(end + 1);
  if (end < 0 || text.slice(0, end) !== sumOf(body))
    throw new Error('The archive is damaged, cut short or not one of a bot at all');
  return new Map(JSON.parse(body) as [string, string][]);
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
