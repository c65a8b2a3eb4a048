export type PersonalitySeen = { name: string; soul: string };

/** Who the model is told to be: the workspace files as OpenClaw lays them into the system prompt. */
export function personalityIn(systemPrompt: string): PersonalitySeen {
  const soul = section(systemPrompt, 'SOUL.md')
    .replace(/^#+ Soul\s*\n/i, '')
    .trim();
  const identity = section(systemPrompt, 'IDENTITY.md');
  const name = /^\s*[-*]\s*(?:\*\*)?Name(?:\*\*)?:(?:\*\*)?\s*(.+?)\s*$/im.exec(identity)?.[1] ?? 'an OpenClaw bot';
  return { name, soul: soul.startsWith('[MISSING]') ? '' : soul };
}

/** The text under `## …/SOUL.md`, up to the next file or to a marker of OpenClaw's own. */
function section(prompt: string, file: string): string {
  const heading = new RegExp(`^## (?:\\S*/)?${file.replace('.', '\\.')}\\s*$`, 'm').exec(prompt);
  if (!heading) return '';
  const rest = prompt.slice(heading.index + heading[0].length);
  const end = rest.search(
    /^## (?:\S*\/)?[A-Z]+\.md\s*$|^<!-- |^## (?:Conversation Context|Runtime|Heartbeats?|Silent Replies)\b/m,
  );
  return (end === -1 ? rest : rest.slice(0, end)).trim();
}
