import { change } from '@clawster/control-plane/change';
import { answerProposePlan } from '@clawster/control-plane/goal/answer-propose-plan';
import type { ToolContext } from '@clawster/control-plane/team/team-call';
import type { TestApp } from './test-app.ts';
import type { Body } from './test-people.ts';

export type TestLead = { app: Pick<TestApp, 'plane'>; workspaceId: string; teamId: string; botId: string };

/** What a lead called Ada does by one of its tools, as its host would have it done. */
export function asLead<T>(
  { app, workspaceId, teamId, botId }: TestLead,
  work: (context: ToolContext) => Promise<T>,
  who: Body = {},
): Promise<T> {
  return change(app.plane, { workspaceId, job: 'test' }, async (context) => {
    const caller = {
      workspaceId,
      teamId,
      botId,
      botName: 'Ada',
      isLead: true,
      origin: { kind: 'goal', untrusted: false },
      ...who,
    };
    const answer = await work({ ...context, plane: app.plane, caller } as unknown as ToolContext);
    await context.record({ type: 'goal-updated' });
    return answer;
  });
}

/** Has the lead propose a plan with these tasks for a goal. */
export function proposePlan(lead: TestLead, goal: Body, tasks: Body[]): Promise<unknown> {
  return asLead(lead, (context) =>
    answerProposePlan(context, { goal_id: String(goal['id']), milestones: [{ title: 'M', tasks }] } as never),
  );
}
