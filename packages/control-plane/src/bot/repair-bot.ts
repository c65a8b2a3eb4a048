import { api } from '@clawster/contract/api';
import { RepairReport } from '@clawster/contract/doctor';
import { markExpected } from '@clawster/domain/config/expected-findings';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { askSupervisor } from './ask-supervisor.ts';
import { getBot } from './bot.queries.ts';

/** Below the five minutes after which a client gives up; what takes longer goes on, and the bot's evidence tells of it. */
const timeoutMs = 280_000;

/** Has the bot's supervisor do the safe repairs: the gateway is stopped for it, and started again. Recorded when it is over. */
export async function repairBot(plane: ControlPlane, caller: Caller, raw: unknown): Promise<RepairReport> {
  const place = admit(api.bots.repair, caller);
  const { botId } = parseInput(api.bots.repair, raw);
  const told = await askSupervisor(plane, { place, botId, action: 'repair', method: 'repair.run', timeoutMs });
  const report = RepairReport.parse(told);
  const judged = { ...report, before: markExpected(report.before), after: markExpected(report.after) };
  return recordRepair(judged)(plane, caller, raw);
}

const recordRepair = (report: RepairReport) =>
  command(api.bots.repair, async ({ tx, record }, { botId }) => {
    const { name } = await getBot(tx, botId);
    const changed = report.steps.filter((step) => step.changed).map((step) => step.name);
    await record({ type: 'bot-repaired', subjectId: botId, subjectName: name, detail: { ok: report.ok, changed } });
    return report;
  });
