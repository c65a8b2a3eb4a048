import type { teamSupervisorMethods } from '@clawster/link/team';
import { operatorOf, runningOrThrow } from '../gateway/operator.ts';
import type { Host } from '../host.ts';
import type { Keeper } from '../keeper.ts';
import { type Handlers, SupervisorRefusal } from '../link/serve-request.ts';

/** Bots in these states take nothing on: somebody stopped them. */
const standing = new Set(['stopped', 'stopping', 'paused']);

/** How requests for the sake of the bot's team are carried out. */
export function createTeamMethods(
  { team, status }: Pick<Host, 'team' | 'status'>,
  keeper: Pick<Keeper, 'running' | 'wanted' | 'whyNoTurns'>,
): Pick<Handlers, keyof typeof teamSupervisorMethods> {
  const check = () => {
    if (!keeper.wanted()?.team) throw new SupervisorRefusal('refused', 'This bot is in no team');
    const reason = keeper.whyNoTurns() ?? (standing.has(status.state()) ? status.report().reason : undefined);
    if (reason !== undefined) throw new SupervisorRefusal('refused', reason);
  };
  return {
    async 'delegation.deliver'(delivery) {
      check();
      await team.deliveries.take(delivery);
      return {};
    },
    async 'delegation.cancel'({ id, reason }) {
      await team.deliveries.cancel(id, reason);
      return {};
    },
    async 'team.tell'(tell) {
      check();
      await team.tells.take(tell);
      return {};
    },
    async 'team.settle'({ callId, ...answer }) {
      team.calls.settle(callId, answer);
      return {};
    },
    async 'question.resolve'(answer) {
      await team.questions.resolve(await operatorOf(runningOrThrow(keeper.running())), answer);
      return {};
    },
  };
}
