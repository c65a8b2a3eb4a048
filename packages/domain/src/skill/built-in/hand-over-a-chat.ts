import type { BuiltInSkill } from '../built-in.ts';

export const handOverAChat: BuiltInSkill = {
  name: 'hand-over-a-chat',
  digest: 'sha256:956aedee7aa201d6c1c2a620ad88aee98bd9806aa47dd96758858fde273dbcee',
  files: {
    'SKILL.md': `---
name: hand-over-a-chat
description: Ends a chat well or hands it to a person, with what they need to know
---

# End a chat, or hand it over

- Done when the person says so, or has what they asked for. Then one short closing line, and no new question.
- Hand over when they ask for a person, when you were asked the same twice, or when it is about money, health, law or a threat.
- Say that you are a bot and that a person takes over, and roughly when if you were told that. Promise nothing else.
- For whoever takes over, three lines: who it is, what they want, what was said so far.
- Angry or in need: no jokes, no excuses. Say what happens next.
`,
  },
};
