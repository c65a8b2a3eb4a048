import type { Client } from '@clawster/client/client';
import { ProblemError } from '@clawster/client/problem-error';
import type { AuditVerification } from '@clawster/contract/audit';
import { compareCheckpoints, type Difference } from '@clawster/domain/audit/compare-checkpoint';
import { z } from 'zod';
import { cliCommand, type Context } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { countText } from '../../output.ts';
import { readCheckpoints } from './checkpoint-file.ts';

type Done = Extract<AuditVerification, { type: 'done' }>;
type Outcome = { type: 'outside'; file: string; checkpoints: number; difference: Difference | undefined };

/** Exit code 0: nothing was found. 1: something was. 3: it could not be looked at. */
export const verify = cliCommand({
  usage: 'audit verify',
  summary: 'Check the audit trail: finds and locates whatever was edited, deleted, put in, moved or cut off',
  options: [['--checkpoint <file>', 'hold it against checkpoints that were kept elsewhere, too']],
  input: z.object({ checkpoint: z.string().optional() }),
  async *run(context, { checkpoint }) {
    const { client, signal } = context;
    const kept = checkpoint ? await keptIn(client, checkpoint) : undefined;
    let findings = 0;
    for await (const part of client.audit.verify({}, { signal })) {
      tellProgress(part, context);
      if (part.type !== 'progress') yield part;
      if (part.type === 'done') findings = part.findings;
    }
    if (kept && checkpoint) {
      const difference = await compareCheckpoints(kept, (number) => sealOf(client, number));
      const outcome: Outcome = { type: 'outside', file: checkpoint, checkpoints: kept.length, difference };
      yield outcome;
      if (difference) findings += 1;
    }
    if (findings > 0) throw new CliRefusal(failureOf(findings));
  },
  show(part: Exclude<AuditVerification, { type: 'progress' }> | Outcome, out) {
    if (part.type === 'finding') return `${out.colour('red', part.finding.kind)}  ${part.finding.sentence}.`;
    if (part.type === 'done') return summaryOf(part);
    const { difference, checkpoints, file } = part;
    if (!difference) return `The trail goes on from the last of ${checkpoints} checkpoints in ${file}.`;
    return `${out.colour('red', difference.kind)}  ${difference.sentence}.`;
  },
});

async function keptIn(client: Client, file: string) {
  const { workspace } = await client.sessions.current({});
  return readCheckpoints(file, workspace.id);
}

function sealOf(client: Client, number: number) {
  return client.audit.checkpoint({ number }).catch((error: unknown) => {
    if (error instanceof ProblemError && error.code === 'not-found') return undefined;
    throw error;
  });
}

/** On a line of its own, which whatever else is told takes the place of. */
function tellProgress(part: AuditVerification, { out, world }: Context): void {
  if (!world.interactive || out.json) return;
  const text = part.type === 'progress' ? `${countText(part.events)} events in ${countText(part.seals)} seals` : '';
  world.stderr.write(`\r\u001b[K${text}`);
}

function summaryOf({ events, seals, forgotten, unsealed, sound, keyId, checkpoint }: Done): string {
  const counts = `${countText(events)} events in ${countText(seals)} seals were looked at`;
  const rest = unsealed > 0 ? `, ${countText(unsealed)} more are too new to be sealed` : '';
  const gone =
    forgotten > 0 ? ` ${countText(forgotten)} older ones were deleted after their time, as signed marks say.` : '';
  const key = keyId ? `\nThe key is ${keyId}.` : '';
  const end = checkpoint ? ` The last seal is ${checkpoint.number}, of ${checkpoint.at}.` : '';
  return `${counts}${rest}.${gone}${sound ? ' The trail is whole.' : ''}${key}${end}`;
}

function failureOf(findings: number): string {
  const what = findings === 1 ? '1 thing was' : `${countText(findings)} things were`;
  return `${what} found: the audit trail is not as it was recorded. Keep a copy of the database as it is, and see docs/guides/audit.md`;
}
