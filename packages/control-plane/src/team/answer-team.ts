import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlaneParams, ControlPlaneResult } from '@clawster/link/control-plane-methods';
import type { teamControlPlaneMethods } from '@clawster/link/team';
import { raiseQuestion, withdrawQuestion } from '../inbox/raise-question.ts';
import type { OpenLink } from '../link/open-link.ts';
import type { ControlPlane } from '../plane.ts';

type TeamMethod = keyof typeof teamControlPlaneMethods;
type Answer<M extends TeamMethod> = (
  plane: ControlPlane,
  link: OpenLink,
  params: ControlPlaneParams<M>,
) => Promise<ControlPlaneResult<M>>;

const inNone = () => Promise.reject(new Refusal('not-found', 'This bot is in no team'));

/** What a supervisor asks for the sake of its bot's team. */
export const teamAnswers: { [M in TeamMethod]: Answer<M> } = {
  'team.call': inNone,
  'team.await': inNone,
  'team.drop': inNone,
  'delegation.began': inNone,
  'delegation.ended': inNone,
  'question.raise': raiseQuestion,
  'question.withdraw': withdrawQuestion,
};
