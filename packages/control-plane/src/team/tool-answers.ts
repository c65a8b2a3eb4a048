import type { TeamToolName } from '@clawster/link/team';
import { answerAskHuman } from '../inbox/answer-ask-human.ts';
import type { ToolAnswer } from './team-call.ts';

/** Who answers which of the team's tools. */
export const toolAnswers: { [T in TeamToolName]?: ToolAnswer<T> } = {
  ask_human: answerAskHuman,
};
