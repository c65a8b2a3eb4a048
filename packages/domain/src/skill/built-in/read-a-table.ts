import type { BuiltInSkill } from '../built-in.ts';

export const readATable: BuiltInSkill = {
  name: 'read-a-table',
  digest: 'sha256:e3cb16e59ba9bcff06bae0446630168083d0b241df0503a1ab0cdbedb7faaab4',
  files: {
    'SKILL.md': `---
name: read-a-table
description: Answers a question from a table, with the way to each figure
---

# Answer from a table

1. Look at the head and a few rows of the file. Say what a row stands for, and which columns matter.
2. Before you count, look for what spoils figures: empty cells, totals among the rows, two currencies or units, the same row twice, dates in two notations. Say what you found and what you did with it.
3. State the filter and the sum in words, then do it, in small steps that can be checked: subtotals that add up.
4. Check the result another way: the other direction, a rough estimate, a known total.
5. Answer: the figure in a sentence; the table it is from; file, columns and filter; what would change it.

When the table is too long to be read whole, say so, and say which part you read. Never fill in what is not there.
`,
  },
};
