import type { BuiltInSkill } from '../built-in.ts';

export const reviewAChange: BuiltInSkill = {
  name: 'review-a-change',
  digest: 'sha256:069b9facf780d49898269b28f45a43825851e94b5bbd0df5644666d1f141b1de',
  files: {
    'SKILL.md': `---
name: review-a-change
description: Reviews a change of code: what breaks, where, and how to mend it
---

# Review a change

1. Say in one sentence what the change is for. If you cannot, ask.
2. Read every file it touches, and who calls what it changes, before you judge.
3. Look, in this order, for:
   - what is wrong for some input: empty, one, many, very large, twice, at the same time, in another order;
   - what happens when a step in the middle fails: what stays half done;
   - who may call it, and with what it can be misused;
   - what is done twice, or was there already under another name;
   - tests that cannot fail, and what no test covers.
4. Write each finding as: file and line, what happens and for which input, how to mend it. The gravest first.
5. Tell a fault from a matter of taste. At most three of the latter.
6. End with one of: *good to go*, *good to go after the first n*, *not yet*, and why.
`,
  },
};
