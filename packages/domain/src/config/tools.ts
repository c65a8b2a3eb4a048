/** What a tool of OpenClaw's can do, in words for those who decide whether a bot gets it. */
export type Tool = {
  name: string;
  title: string;
  /** What a bot can do with it. */
  does: string;
  /** `free`: within its own workspace. `guarded`: reaches further, and is closed unless a layer names it. */
  kind: 'free' | 'guarded';
};

/** The tools a bot can be given. What is not here is closed to every bot: see `whyNotTool`. */
export const tools: readonly Tool[] = [
  { name: 'read', title: 'Read files', does: 'Reads text and pictures in its own workspace', kind: 'free' },
  { name: 'ls', title: 'List files', does: 'Lists the folders of its own workspace', kind: 'free' },
  { name: 'write', title: 'Write files', does: 'Creates and replaces files in its own workspace', kind: 'free' },
  { name: 'edit', title: 'Edit files', does: 'Changes parts of files in its own workspace', kind: 'free' },
  { name: 'apply_patch', title: 'Patch files', does: 'Changes many files of its own workspace at once', kind: 'free' },
  {
    name: 'session_status',
    title: 'See its session',
    does: 'Sees which model it uses, how much of the conversation it still has in mind, and what time it is',
    kind: 'free',
  },
  { name: 'get_goal', title: 'See the goal', does: 'Sees what the conversation is to reach', kind: 'free' },
  { name: 'create_goal', title: 'Set a goal', does: 'Sets what the conversation is to reach', kind: 'free' },
  {
    name: 'update_goal',
    title: 'Close a goal',
    does: 'Says that the goal is reached, or what blocks it',
    kind: 'free',
  },
  {
    name: 'web_fetch',
    title: 'Read web pages',
    does: 'Reads public pages of the web, whose text may try to mislead it; private addresses are closed to it',
    kind: 'guarded',
  },
];

export const guardedTools = tools.filter(({ kind }) => kind === 'guarded').map(({ name }) => name);

/** Why tools that OpenClaw has are closed to every bot. */
const closed: readonly [pattern: RegExp, why: string][] = [
  [/^(exec|process|code_execution|terminal|computer|browser)$/, 'it runs commands on the host'],
  [
    /^(sessions?(_.*)?|subagents|agents_.*|conversations_.*|message)$/,
    'bots speak with each other through Clawster alone',
  ],
  [
    /^(gateway|openclaw|plugins|nodes|portal|secrets|automations|cron|skill_workshop)$/,
    'it changes the bot’s own setup',
  ],
];

/** Why a bot cannot be given this tool, or undefined when it can. */
export function whyNotTool(name: string): string | undefined {
  if (tools.some((tool) => tool.name === name)) return undefined;
  const why = closed.find(([pattern]) => pattern.test(name))?.[1];
  if (why) return `"${name}" is closed to every bot: ${why}`;
  return `"${name}" is no tool a bot can be given: choose among ${tools.map((tool) => tool.name).join(', ')}`;
}
