import type { BuiltInSkill } from '../built-in.ts';

export const planAGoal: BuiltInSkill = {
  name: 'plan-a-goal',
  digest: 'sha256:21cf69e6dd8e2a5a8c02f5a8da034c178df54694bc5dfa1d1ea3264cb4dd3aff',
  files: {
    'SKILL.md': `---
name: plan-a-goal
description: Breaks a goal into tasks with one owner, an end and a way to see that it is reached
---

# Plan a goal

1. Write the goal in one sentence, and how one sees that it is reached. Ask when either is missing.
2. Work back from there: what must be true just before? Two to five milestones, each with a date.
3. For each milestone the tasks, in \`plan.md\`:

    | task | owner | until | done when | needs |
    |---|---|---|---|---|

4. One owner a task. No task longer than two days; break it.
5. Mark what may fail and what would tell early that it does.
6. With each report: what moved, what did not and why, what changes in the plan. Old lines are struck through, not deleted.
`,
  },
};
