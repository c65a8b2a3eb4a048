import { followFile, followLines } from './follow-lists.ts';
import { readLists } from './lists.ts';
import { openNames } from './names.ts';
import { openProxy } from './proxy.ts';

const usualPort = 3128;
const tellMs = 5_000;

/**
 * `node egress.mjs [port] [file]`: the egress proxy of one engine. Its lists are the file's, or the last line's of standard
 * input. It writes JSON lines: where it listens, which lists hold, and every few seconds what it refused, a line for each place.
 */
async function main(): Promise<void> {
  const [, , port = String(usualPort), file] = process.argv;
  const proxy = await openProxy({ port: Number(port), host: '::', resolve: await openNames() });
  const tell = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
  const follow = (text: string) => {
    try {
      const bots = readLists(text);
      proxy.follow(bots);
      tell({ listed: bots.size });
    } catch (error) {
      // Half a list is none: the ones before hold. Its text is not told, as it is not known what it is.
      tell({ trouble: 'The lists could not be read, and those before hold', why: (error as Error).name });
    }
  };
  const tellRefused = () => {
    // A line each: engines cut what is longer than 16 KiB.
    for (const refused of proxy.refused()) tell({ refused });
  };
  tell({ listening: proxy.port });
  if (file === undefined) followLines(process.stdin, follow);
  else followFile(file, follow);
  setInterval(tellRefused, tellMs);
  const end = () => {
    tellRefused();
    void proxy.close().then(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
