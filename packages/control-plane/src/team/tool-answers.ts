import type { TeamToolName } from '@clawster/link/team';
import { answerReadContext, answerWriteContext } from '../context-entry/answer-context.ts';
import { answerAskHuman } from '../inbox/answer-ask-human.ts';
import type { ToolAnswer } from './team-call.ts';

/** Who answers which of the team's tools. */
export const toolAnswers: { [T in TeamToolName]?: ToolAnswer<T> } = {
  ask_human: answerAskHuman,
  read_context: answerReadContext,
  write_context: answerWriteContext,
};
