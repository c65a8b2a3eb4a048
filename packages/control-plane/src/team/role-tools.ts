import type { TeamToolName } from '@clawster/link/team';

const all: readonly TeamToolName[] = [
  'list_teammates',
  'report_progress',
  'complete_task',
  'ask_human',
  'read_context',
  'write_context',
];
const passesOn: readonly TeamToolName[] = ['delegate', 'task_status', 'cancel_task'];

/** The team's tools that a bot of this role may use: what it is not listed here is refused, too. */
export function toolsOfRole({ isLead, mayDelegate }: { isLead: boolean; mayDelegate: boolean }): TeamToolName[] {
  return [...all, ...(isLead || mayDelegate ? passesOn : []), ...(isLead ? (['propose_plan'] as const) : [])];
}
