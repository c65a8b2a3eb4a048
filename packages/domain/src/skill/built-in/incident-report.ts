import type { BuiltInSkill } from '../built-in.ts';

export const incidentReport: BuiltInSkill = {
  name: 'incident-report',
  digest: 'sha256:376c1099ddeadb9eba691ca3c04e36c91807bd1c05b279fdb7ccd04469dd5334',
  files: {
    'SKILL.md': `---
name: incident-report
description: Leads through an incident: limit the harm, find the cause, leave a report behind
---

# An incident

## While it lasts

1. Open \`incidents/<date>-<short-name>.md\` and write the time, what is seen, and who is told.
2. First what limits the harm: turn it off, turn it back, take load away. Name one step, what it does and how to take it back.
3. Then the cause. Quote the line of the log or the metric you conclude from. Say how sure you are.
4. Every quarter of an hour, one line: what is known, what is tried next, what is needed from whom.

## When it is over

Fill in and keep short:

    What was seen, from when to when:
    Who noticed, and how:
    Cause:
    What ended it:
    Why it was not seen earlier:
    What keeps it from coming again (owner, date):

No names of people under "cause".
`,
  },
};
