import { api } from '@clawster/contract/api';
import { DoctorReport } from '@clawster/contract/bot';
import { whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import { admit, parseInput } from '../enter.ts';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { getBot } from './bot.queries.ts';

/** OpenClaw's doctor takes half a minute of CPU on a small machine. */
const timeoutMs = 150_000;

/** Runs OpenClaw's own doctor beside the bot. It is asked first and recorded after, so that no transaction stays open meanwhile. */
export async function runDoctor(plane: ControlPlane, caller: Caller, raw: unknown): Promise<DoctorReport> {
  const { workspaceId } = admit(api.bots.doctor, caller);
  const { botId } = parseInput(api.bots.doctor, raw);
  const bot = await readAs(plane, workspaceId, (tx) => getBot(tx, botId));
  const reason = whyNot('doctor', { phase: bot.status.phase, desired: bot.spec.desired });
  if (reason) throw new Refusal('refused', reason);
  const report = DoctorReport.parse(
    await plane.links.request(botId, { method: 'doctor.run', params: {} }, { timeoutMs }),
  );
  return recordRun(report)(plane, caller, raw);
}

const recordRun = (report: DoctorReport) =>
  command(api.bots.doctor, async ({ tx, record }, { botId }) => {
    const { name } = await getBot(tx, botId);
    await record({
      type: 'bot-doctor-run',
      subjectId: botId,
      subjectName: name,
      detail: { ok: report.ok, findings: report.findings.length },
    });
    return report;
  });
