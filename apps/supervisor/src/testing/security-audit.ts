import { z } from 'zod';
import { lastJson } from '../gateway/openclaw-command.ts';

/** OpenClaw's own audit of a bot, as a command. */
export const securityAudit = ['security', 'audit', '--json'];

const Audit = z.object({
  summary: z.object({ critical: z.int(), warn: z.int(), info: z.int() }),
  findings: z.array(z.object({ checkId: z.string(), severity: z.string() })),
});

/** S23: what of it is critical; throws when it says nothing. */
export function criticalIn(stdout: string): string[] {
  const { summary, findings } = Audit.parse(lastJson(stdout));
  const critical = findings.filter(({ severity }) => severity === 'critical').map(({ checkId }) => checkId);
  if (critical.length !== summary.critical) throw new Error(`The audit counts ${summary.critical}: ${stdout}`);
  return critical;
}
