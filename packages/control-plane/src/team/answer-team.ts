import type { ControlPlaneParams, ControlPlaneResult } from '@clawster/link/control-plane-methods';
import type { teamControlPlaneMethods } from '@clawster/link/team';
import { beginDelegation } from '../delegation/begin-delegation.ts';
import { endDelegation } from '../delegation/end-delegation.ts';
import { raiseQuestion, withdrawQuestion } from '../inbox/raise-question.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';
import { answerCall } from './answer-call.ts';
import { awaitCall, dropCall } from './await-call.ts';

type TeamMethod = keyof typeof teamControlPlaneMethods;
type Answer<M extends TeamMethod> = (
  plane: ControlPlane,
  link: OpenLink,
  params: ControlPlaneParams<M>,
) => Promise<ControlPlaneResult<M>>;

/** What a supervisor asks for the sake of its bot's team. */
export const teamAnswers: { [M in TeamMethod]: Answer<M> } = {
  'team.call': answerCall,
  'team.await': awaitCall,
  'team.drop': dropCall,
  'delegation.began': beginDelegation,
  'delegation.ended': endDelegation,
  'question.raise': raiseQuestion,
  'question.withdraw': withdrawQuestion,
};
