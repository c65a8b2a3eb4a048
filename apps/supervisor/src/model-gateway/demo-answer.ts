import { personalityIn } from './personality.ts';
import type { PersonalitySeen } from './personality.ts';

const plainly = 'I run on the demo model: it needs no key, knows a few answers, and is not a language model.';

type Answer = { asks: RegExp; answer: (me: PersonalitySeen, message: string) => string };

/** Each question a newcomer is likely to ask, most particular first. */
const answers: Answer[] = [
  {
    asks: /who (are|r) (you|u)\b|your name|introduce yourself|about yourself|your personality|what are you\b/,
    answer: (me) =>
      `I am ${me.name}.${me.soul ? ` This is who I was told to be:\n\n> ${me.soul.replaceAll('\n', '\n> ')}\n\n` : ' Nobody gave me a personality yet. '}${plainly} With a real model I would answer in that manner; here you see that it reached me.`,
  },
  {
    asks: /(add|attach|connect|use|get|set ?up|switch|change).{0,40}\b(model|provider|openai|anthropic|claude|gpt|api key|key)\b|real model/,
    answer: () =>
      "To give me a real model: open **Connectors** in Clawster and add a model provider (an OpenAI-compatible address or Anthropic) with its key. The key is tested before it is saved. Then open my page, choose the connector under **Model**, and save; I take it up without a restart. My key never lies on this machine's disk: my supervisor holds it in memory.",
  },
  {
    asks: /what can (you|u) do|help\b|what (is|are) (you|this) for|how does this work|capabilit/,
    answer: (me) =>
      `As ${me.name} on the demo model I can show you that everything works: your message went from Clawster over the link to my supervisor, through a real OpenClaw gateway to my model, and back.\n\nTry:\n- "Who are you?" shows the personality you gave me.\n- "How do I add a real model?" tells you the next step.\n- \`#demo slow 40\` makes me answer slowly, so that you can press Stop.\n\n${plainly}`,
  },
  { asks: /\b(thanks|thank you|thx|cheers)\b/, answer: () => 'You are welcome.' },
  {
    asks: /\b(bye|goodbye|good night|see you)\b/,
    answer: (me) => `Goodbye from ${me.name}. I stay where I am until you stop me.`,
  },
  { asks: /^\W*reply with ok\b/, answer: () => 'OK' },
  {
    asks: /^\W*(hi|hello|hey|hallo|hola|bonjour|servus|moin|good (morning|afternoon|evening))\b/,
    answer: (me) => `Hello! I am ${me.name}. ${plainly} Ask me who I am, what I can do, or how to add a real model.`,
  },
];

/** What the demo model says, given the message and the system prompt that reached it. */
export function demoAnswer(message: string, systemPrompt: string): string {
  const me = personalityIn(systemPrompt);
  const said = withoutOpenClawsAdditions(message);
  const found = answers.find(({ asks }) => asks.test(said.toLowerCase()));
  if (found) return found.answer(me, said);
  return `You said: "${shortened(said)}"\n\nThat is as far as I go. ${plainly} Ask me how to add a real model.`;
}

/** OpenClaw puts the time before a message, and on the first turn a line about its own runtime after it. */
export function withoutOpenClawsAdditions(message: string): string {
  return message
    .replace(/^\[(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{4}-\d{2}-\d{2} \d{2}:\d{2}(:\d{2})? [^\]]{1,40}\] ?/, '')
    .replace(/\n+Runtime: name=[^\n]*\s*$/, '')
    .trim();
}

function shortened(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
