const ofAll = [
  'list_teammates',
  'report_progress',
  'complete_task',
  'ask_human',
  'read_context',
  'write_context',
] as const;
const ofWhoDelegates = ['delegate', 'task_status', 'cancel_task'] as const;
const ofLeads = ['propose_plan'] as const;
export type TeamTool = (typeof ofAll | typeof ofWhoDelegates | typeof ofLeads)[number];

/** The team's tools that a bot has by its place in the team; what it may do with each, rules decide. The lead always may pass tasks on. */
export function teamToolsOf({ isLead, mayDelegate }: { isLead: boolean; mayDelegate: boolean }): TeamTool[] {
  return [...ofAll, ...(isLead || mayDelegate ? ofWhoDelegates : []), ...(isLead ? ofLeads : [])];
}
