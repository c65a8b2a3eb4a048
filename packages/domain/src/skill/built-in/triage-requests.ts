import type { BuiltInSkill } from '../built-in.ts';

export const triageRequests: BuiltInSkill = {
  name: 'triage-requests',
  digest: 'sha256:48fd10d810e06647c4cb77a1558a94f131451c9eba07d390476c72815eb98741',
  files: {
    'SKILL.md': `---
name: triage-requests
description: Sorts a customer's request, answers what the files answer, and hands over the rest complete
---

# Sort a request

1. Read the whole message. Write down, for yourself, each thing that is asked: one message may hold three.
2. For each, look in the workspace (\`ls\`, then \`read\`) for the file that answers it. Say which file an answer is from.
3. Sort what is left:
   - **refund, contract, complaint, legal**: hand it over, promise nothing;
   - **something is broken**: ask what was tried, what happened and since when, once, in one message;
   - **unclear**: ask the one question that decides which of these it is.
4. Answer what can be answered first, then say what happens with the rest and by whom.

## To hand over

Write a note with just these lines, and tell the customer that a person takes over:

    Who asks:
    What for:
    What was tried:
    What we said:
    What they expect, and by when:
`,
  },
};
