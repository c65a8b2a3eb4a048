import type { SkillFiles } from '@clawster/contract/skill';
import { handOverAChat } from './built-in/hand-over-a-chat.ts';
import { incidentReport } from './built-in/incident-report.ts';
import { planAGoal } from './built-in/plan-a-goal.ts';
import { readATable } from './built-in/read-a-table.ts';
import { reviewAChange } from './built-in/review-a-change.ts';
import { triageRequests } from './built-in/triage-requests.ts';
import { weeklyReport } from './built-in/weekly-report.ts';

/** A version of a skill that comes with Clawster. Every workspace has it in its catalogue, and keeps it when a newer one comes. */
export type BuiltInSkill = { name: string; digest: string; files: SkillFiles };

/** The newest version of each. Whoever changes a text gives it the digest that the test names. */
export const builtInSkills: readonly BuiltInSkill[] = [
  triageRequests,
  reviewAChange,
  incidentReport,
  weeklyReport,
  readATable,
  handOverAChat,
  planAGoal,
];
