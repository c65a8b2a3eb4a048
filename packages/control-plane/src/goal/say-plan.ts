import type { Plan } from '@clawster/contract/goal';

/** A plan as people and models read it. */
export function sayPlan({ milestones }: Plan): string {
  return milestones
    .map(({ title, dueOn, tasks }, at) =>
      [`${at + 1}. ${title}${by(dueOn)}`, ...tasks.map((task) => `   ${sayTask(task)}`)].join('\n'),
    )
    .join('\n\n');
}

function sayTask({
  key,
  title,
  text,
  capability,
  assignee,
  after,
  dueOn,
}: Plan['milestones'][number]['tasks'][number]) {
  const who = assignee ?? (capability ? `whoever can do ${capability}` : 'the lead');
  const waits = after.length > 0 ? `, after ${after.join(', ')}` : '';
  return `- ${title} (${key}), by ${who}${waits}${by(dueOn)}: ${text}`;
}

const by = (day: string | undefined) => (day ? `, until ${day}` : '');
