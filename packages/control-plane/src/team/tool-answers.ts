import type { TeamToolName } from '@clawster/link/team';
import type { ToolAnswer } from './team-call.ts';

/** Who answers which of the team's tools. */
export const toolAnswers: { [T in TeamToolName]?: ToolAnswer<T> } = {};
