import { api } from '@clawster/contract/api';
import { DoctorReport } from '@clawster/contract/doctor';
import { judged } from '@clawster/domain/config/expected-findings';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { askSupervisor } from './ask-supervisor.ts';
import { getBot } from './bot.queries.ts';

/** OpenClaw's doctor takes half a minute of CPU on a small machine. */
const timeoutMs = 150_000;

/** Runs OpenClaw's own doctor beside the bot. It is asked first and recorded after, so that no transaction stays open meanwhile. */
export async function runDoctor(plane: ControlPlane, caller: Caller, raw: unknown): Promise<DoctorReport> {
  const place = admit(api.bots.doctor, caller);
  const { botId } = parseInput(api.bots.doctor, raw);
  const told = await askSupervisor(plane, { place, botId, action: 'doctor', method: 'doctor.run', timeoutMs });
  return recordRun(judged(DoctorReport.parse(told)))(plane, caller, raw);
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
