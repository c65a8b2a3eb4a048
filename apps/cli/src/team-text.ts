import type { GoalDetail, Task } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import { usdText } from '@clawster/domain/cost/money';
import { table } from './output.ts';

/** A team with its members, as people read it. */
export function sayTeam({ name, charter, members, open, held, goals, ...team }: TeamDetail): string {
  return [
    `${name}: ${open} tasks open, ${held} of them wait for a person; ${goals} goals; rules at version ${team.rulesVersion}`,
    ...(charter ? [charter] : []),
    ...(team.approvalsByAnother ? ['What comes of a goal is approved by somebody else than who set it'] : []),
    table(
      ['bot', 'is', 'can be asked for', 'passes on', 'works at', 'waiting', 'phase'],
      members.map((member) => [
        member.botName,
        [member.isLead ? 'lead' : '', member.title].filter(Boolean).join(', '),
        member.capabilities.join(', '),
        member.mayDelegate ? 'yes' : 'no',
        String(member.working),
        String(member.waiting),
        member.phase,
      ]),
      '',
    ),
  ].join('\n');
}

/** A goal with its roadmap, as people read it. */
export function sayGoal({ title, teamName, state, reason, measure, dueOn, ...goal }: GoalDetail): string {
  const { tasks, costUsd, wakes, milestones, proposed, result } = goal;
  return [
    `${title} (${teamName}): ${state}${reason ? `. ${reason}` : ''}`,
    `${tasks.done} of ${tasks.total} tasks are done. ${usdText(costUsd)} so far; the lead was woken ${wakes.count} times.`,
    ...(measure ? [`Reached when: ${measure}`] : []),
    ...(dueOn ? [`Due on ${dueOn}`] : []),
    ...(proposed ? ['A plan waits for you: clawster inbox list'] : []),
    ...milestones.map(
      (milestone) =>
        `\n${milestone.title}${milestone.dueOn ? `, until ${milestone.dueOn}` : ''}\n${sayTasks(milestone.tasks)}`,
    ),
    ...(result ? [`\n${result}`] : []),
  ].join('\n');
}

/** Tasks with who does them. */
export function sayTasks(tasks: readonly (Task & { goalTitle?: string })[]): string {
  return table(
    ['task', 'title', 'state', 'who', 'until', 'why', 'id'],
    tasks.map((task) => [
      task.key,
      task.title,
      task.isLate ? `${task.state}, late` : task.state,
      task.assigneeName ?? task.capability ?? 'the lead',
      task.dueOn ?? '',
      task.reason,
      task.id,
    ]),
    'There are no tasks.',
  );
}
