import type { LogLine } from '@clawster/contract/bot';
import { ProblemError } from '@clawster/client/problem-error';
import { useEffect, useState } from 'react';
import { client } from '../../../lib/client.ts';
import { sentenceOf } from '../../../lib/sentence.ts';

const linesKept = 5_000;
const paintEveryMs = 100;
const silenceMsMax = 45_000;
export type NumberedLine = LogLine & { number: number };

/** The last lines and what comes after them; a lost connection is taken up again, with a note why there is a gap. */
export function useLogs(botId: string): { lines: NumberedLine[] | undefined; trouble: string | undefined } {
  const [lines, setLines] = useState<NumberedLine[]>();
  const [trouble, setTrouble] = useState<string>();
  useEffect(() => {
    const leaving = new AbortController();
    void followLogs(botId, leaving.signal, { setLines, setTrouble });
    return () => leaving.abort();
  }, [botId]);
  return { lines, trouble };
}

type Tell = { setLines: (lines: NumberedLine[]) => void; setTrouble: (trouble: string | undefined) => void };

async function followLogs(botId: string, signal: AbortSignal, { setLines, setTrouble }: Tell): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    // Each connection begins with the last lines anew, so what was held is replaced, not doubled.
    const held: NumberedLine[] = [];
    let number = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const paint = () => {
      timer = undefined;
      if (!signal.aborted) setLines(held.slice());
    };
    try {
      timer = setTimeout(paint, 1_500);
      for await (const line of client.bots.logs({ botId, lines: 500, follow: true }, { signal, silenceMsMax })) {
        held.push({ ...line, number: (number += 1) });
        if (held.length > linesKept) held.splice(0, held.length - linesKept);
        if (number === 1) {
          clearTimeout(timer);
          timer = undefined;
        }
        timer ??= setTimeout(paint, paintEveryMs);
        failures = 0;
        setTrouble(undefined);
      }
      setTrouble('The stream ended; it is taken up again.');
    } catch (error) {
      if (signal.aborted) return;
      setTrouble(sentenceOf(error));
      if (error instanceof ProblemError && error.status < 500) failures += 2;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(15_000, 1_000 * 2 ** failures)));
  }
}
