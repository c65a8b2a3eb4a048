import type { BuiltInSkill } from '../built-in.ts';

export const weeklyReport: BuiltInSkill = {
  name: 'weekly-report',
  digest: 'sha256:1e512801c1b57c30802ad99ac124385988e77bc19b46bf68ea1af7197d449849',
  files: {
    'SKILL.md': `---
name: weekly-report
description: Writes the week's report from tasks and decisions: done, late and why, what needs a decision
---

# The week's report

1. Read \`tasks.md\`, \`decisions.md\` and the last file in \`reports/\`.
2. Write \`reports/<date>.md\`, one page at most:

    # Week of <date>
    ## Done            (task, who)
    ## Late            (task, who, how long, why, new date)
    ## Decided         (what, why)
    ## Needs a decision (what, by whom, until when, what happens without one)
    ## Next week       (three things at most)

3. What was promised last week and is in neither list is named under *Late*.
4. Say in one line what you could not find out, and from whom it would come.
`,
  },
};
