import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding } from '@clawster/contract/finding';
import type { Scan } from '@clawster/contract/scan';
import { z } from 'zod';
import { cliCommand, type Context } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { allPages } from '../../find.ts';
import { countText, type Output, sizeText } from '../../output.ts';
import { openFindings } from '../../scan-text.ts';
import { waitInput, waitOptions, withinSeconds } from '../../waiting.ts';

const pollMs = 500;

/** Exit code 0: nothing lies in plain sight. 1: something does. 3: it is not known yet. */
export const scan = cliCommand({
  usage: 'secret scan',
  summary: 'Look for every secret of the workspace on its bots, in the database and on the server',
  options: [['--deep', 'in the files of the built-in database, too, where deleted rows may still be'], ...waitOptions],
  input: z.object({ deep: z.boolean().default(false), ...waitInput }),
  async *run(context, { deep, wait, timeout }) {
    const { client, signal } = context;
    const started = await client.scans.start({ deep });
    if (!wait) return yield { scan: started };
    const sentence = `The scan was not over within ${timeout} s. It goes on; see what it finds: clawster finding list`;
    const ended = await withinSeconds({ signal, seconds: timeout, sentence }, (until) =>
      untilEnded(context, started, until),
    );
    if (ended.phase === 'failed') throw new CliRefusal(`The scan failed: ${ended.reason}`);
    const findings = await allPages((cursor) => client.findings.list({ limit: 200, cursor }));
    yield { scan: ended, findings };
    if (findings.length > 0) throw new CliRefusal(`${countSecrets(findings.length)} in plain sight`);
  },
  show({ scan: told, findings }: { scan: Scan; findings?: Finding[] }, out) {
    if (!findings) return 'The scan is on its way. See what it finds: clawster finding list';
    return [...openFindings(findings, out), ...troubleLines(told, out), summaryOf(told)].join('\n');
  },
});

async function untilEnded({ client, out }: Context, started: Scan, signal: AbortSignal): Promise<Scan> {
  out.note('Looking for every secret of the workspace …');
  let now = started;
  while (!now.endedAt) {
    await sleep(pollMs, undefined, { signal });
    now = await client.scans.get({ scanId: now.id }, { signal });
  }
  return now;
}

function countSecrets(count: number): string {
  return count === 1 ? 'A secret lies' : `Secrets lie at ${countText(count)} places`;
}

function troubleLines({ trouble, troubleMore, tooShort }: Scan, out: Output): string[] {
  return [
    ...trouble.map(({ place, why }) => `${out.colour('yellow', 'not looked at')}  ${place}: ${why}`),
    ...(troubleMore > 0 ? [`${countText(troubleMore)} more places were not looked at`] : []),
    ...(tooShort.length > 0 ? [`Too short to be looked for as they are: ${tooShort.join(', ')}`] : []),
  ];
}

function summaryOf({ secrets, bots, files, bytes, rows, opened }: Scan): string {
  const looked = `${countText(bots.scanned)} of ${countText(bots.all)} bots, ${countText(files)} files, ${countText(rows)} rows and ${sizeText(bytes)}`;
  return `${looked} were looked through for ${countText(secrets)} values: ${opened === 0 ? 'nothing new' : `${countText(opened)} new`}.`;
}
