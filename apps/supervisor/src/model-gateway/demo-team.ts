/** What the demo model says or does as a member of a team; undefined where it is asked for something else. */
export type DemoTeamReply = { kind: 'tool'; name: string; arguments: string } | { kind: 'text'; text: string };

type Asked = { message: string; system: string; tools: readonly string[]; toolAnswer: string | undefined };

const tasksMax = 3;
const plainly = 'I run on the demo model, which cannot do the work itself: with a real model I would.';

/**
 * Plays its part in a team without knowing anything: a lead proposes a first step for each of a few teammates, members say
 * what they would do, and the lead puts together what was said. So a newcomer sees a goal go its way before there is a key.
 */
export function demoTeamReply({ message, system, tools, toolAnswer }: Asked): DemoTeamReply | undefined {
  if (!/^You work at task /m.test(system)) return undefined;
  const propose = tools.find((name) => name.endsWith('propose_plan'));
  const goalId = /^goal_id: (\S+)$/m.exec(message)?.[1];
  const goal = /^Goal: (.+)$/m.exec(message)?.[1] ?? 'what was asked';
  if (goalId && propose)
    return toolAnswer === undefined
      ? { kind: 'tool', name: propose, arguments: JSON.stringify(planOf({ goalId, goal, message })) }
      : { kind: 'text', text: `I proposed a plan for "${goal}". ${toolAnswer}` };
  if (message.includes('\nAll tasks of this goal are done.')) return { kind: 'text', text: summary(goal, message) };
  if (toolAnswer !== undefined) return undefined;
  const [title = ''] = message.split('\n', 1);
  return { kind: 'text', text: `I was asked: "${title.trim()}". ${plainly}` };
}

/** One step for each of the first teammates, by what they can be asked for. */
function planOf({ goalId, goal, message }: { goalId: string; goal: string; message: string }) {
  const mates = [...message.matchAll(/^- ([^\n,:]+)(?:, ([^\n:]+))?: ([a-z0-9-]+)(?:,|$)/gm)].filter(
    ([, name = '']) => !name.endsWith('(you)'),
  );
  const tasks = mates.slice(0, tasksMax).map(([, name = '', title = name, capability], index) => ({
    key: `step-${index + 1}`,
    title: `What ${title} would do first`,
    task: `Say in one sentence what you would do first for this goal: ${goal}`,
    capability,
  }));
  return { goal_id: goalId, milestones: [{ title: 'First steps', tasks }] };
}

function summary(goal: string, message: string): string {
  const done = [...message.matchAll(/^## (.+) \(([a-z]+)\)$/gm)].map(([, title, state]) => `- ${title}: ${state}`);
  return `Of "${goal}":\n${done.join('\n')}\n\n${plainly}`;
}
