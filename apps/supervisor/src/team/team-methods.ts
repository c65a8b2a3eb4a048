import type { teamSupervisorMethods } from '@clawster/link/team';
import { type Handlers, SupervisorRefusal } from '../link/serve-request.ts';

/** How requests for the sake of the bot's team are carried out. */
export function createTeamMethods(): Pick<Handlers, keyof typeof teamSupervisorMethods> {
  const inNone = () => Promise.reject(new SupervisorRefusal('refused', 'This bot is in no team'));
  return {
    'delegation.deliver': inNone,
    'delegation.cancel': inNone,
    'team.tell': inNone,
    'team.settle': inNone,
    'question.resolve': inNone,
  };
}
