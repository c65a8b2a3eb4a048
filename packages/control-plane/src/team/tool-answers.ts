import type { TeamToolName } from '@clawster/link/team';
import { answerCancelTask } from '../delegation/answer-cancel-task.ts';
import { answerCompleteTask } from '../delegation/answer-complete-task.ts';
import { answerDelegate } from '../delegation/answer-delegate.ts';
import { answerReportProgress } from '../delegation/answer-report-progress.ts';
import { answerTaskStatus } from '../delegation/answer-task-status.ts';
import { answerProposePlan } from '../goal/answer-propose-plan.ts';
import { answerReadContext, answerWriteContext } from '../context-entry/answer-context.ts';
import { answerAskHuman } from '../inbox/answer-ask-human.ts';
import { answerListTeammates } from './answer-list-teammates.ts';
import type { ToolAnswer } from './team-call.ts';

/** Who answers which of the team's tools. */
export const toolAnswers: { [T in TeamToolName]?: ToolAnswer<T> } = {
  delegate: answerDelegate,
  task_status: answerTaskStatus,
  cancel_task: answerCancelTask,
  report_progress: answerReportProgress,
  complete_task: answerCompleteTask,
  ask_human: answerAskHuman,
  list_teammates: answerListTeammates,
  propose_plan: answerProposePlan,
  read_context: answerReadContext,
  write_context: answerWriteContext,
};
