import type { Document, Json } from '@clawster/contract/document';
import { isListChange, isObject } from './merge.ts';
import { showKeyPath } from '@clawster/contract/key-path';
import { whyNotTool } from './tools.ts';

export type SettingIssue = { path: string; message: string };

/** The parts of OpenClaw's configuration that a layer may set: how the bot converses, what it keeps in mind, what it may use. */
const settable = [
  ...[
    'blockStreamingBreak',
    'blockStreamingChunk',
    'blockStreamingCoalesce',
    'blockStreamingDefault',
    'bootstrapMaxChars',
    'bootstrapTotalMaxChars',
    'compaction',
    'contextInjection',
    'contextLimits',
    'contextPruning',
    'humanDelay',
    'imageMaxDimensionPx',
    'imageQuality',
    'maxConcurrent',
    'mediaMaxMb',
    'pdfMaxMb',
    'pdfMaxPages',
    'reasoningDefault',
    'silentReply',
    'thinkingDefault',
    'timeoutSeconds',
    'toolProgressDetail',
    'typingIntervalSeconds',
    'typingMode',
    'userTimezone',
    'verboseDefault',
  ].map((key) => `agents.defaults.${key}`),
  'tools.allow',
  'tools.deny',
  'tools.loopDetection',
  'tools.updatePlan',
  'session.identityLinks',
  'session.maintenance',
  'session.reset',
  'session.resetByChannel',
  'session.resetByType',
  'session.resetTriggers',
  'session.threadBindings',
  'session.sendPolicy',
  'messages',
  'commands.text',
  'commands.native',
  'commands.nativeSkills',
  'skills.limits',
];

/** Whose the rest is, by its first words; the longest that fits is told. */
const owned: Readonly<Record<string, string>> = {
  models: 'the model comes from the bot’s connector, so that its key and its cost stay under control',
  'agents.defaults.model': 'the model comes from the bot’s connector: change the bot’s model instead',
  'agents.entries': 'each bot is one agent, which Clawster describes: use identity, skills and tools instead',
  'agents.defaults.skills': 'skills come from the catalogue: use the layer’s skills instead',
  'agents.defaults.heartbeat': 'a bot takes no turns on its own',
  channels: 'channels come with connectors',
  mcp: 'tool servers come with connectors',
  secrets: 'secrets are attached by connectors',
  env: 'secrets are attached by connectors, and a bot’s environment holds none',
  gateway: 'the gateway answers to its supervisor alone',
  cron: 'a bot takes no turns on its own',
  plugins: 'what runs inside a gateway is pinned by Clawster',
  tools: 'Clawster decides how a tool works; which tools a bot has is said by tools.allow',
  'tools.exec': 'commands on the host are closed to every bot',
};

const secretNames = /(^|[a-z])(key|token|secret|password|passphrase|credential)s?$|authorization|cookie/i;

/** What in a layer's part of OpenClaw's configuration is not a layer's to say, each with why. */
export function whyNotOpenclaw(document: Document): SettingIssue[] {
  const issues: SettingIssue[] = [];
  const add = (path: string[], message: string) => issues.push({ path: showKeyPath(['openclaw', ...path]), message });
  const walk = (value: Json, path: string[]): void => {
    const name = showKeyPath(path);
    if (path.length > 0 && !mayLeadToSettable(name)) return void add(path, whyNotPath(name));
    if (isListChange(value)) return checkListChange(value, path, add);
    for (const reason of whyNotValue(name, value)) add(path, reason);
    if (Array.isArray(value)) value.forEach((item, at) => walk(item, [...path, String(at)]));
    else if (isObject(value)) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
  };
  walk(document, []);
  return issues;
}

function checkListChange(change: Document, path: string[], add: (path: string[], message: string) => void): void {
  for (const [key, value] of Object.entries(change))
    if ((key !== '$add' && key !== '$remove') || !Array.isArray(value))
      add(path, `A list is changed by { "$add": […] } and { "$remove": […] }, not by ${JSON.stringify(key)}`);
  const added = change['$add'];
  if (showKeyPath(path) === 'tools.allow' && added !== undefined)
    for (const reason of whyNotTools(added)) add(path, reason);
}

function mayLeadToSettable(name: string): boolean {
  return settable.some((one) => isWithin(name, one) || isWithin(one, name));
}

function isWithin(name: string, outer: string): boolean {
  return name === outer || name.startsWith(`${outer}.`) || name.startsWith(`${outer}[`);
}

function whyNotPath(name: string): string {
  const [, why] = Object.entries(owned)
    .filter(([outer]) => isWithin(name, outer))
    .toSorted(([one], [other]) => other.length - one.length)[0] ?? [undefined, 'Clawster decides it for every bot'];
  return `A layer cannot set ${name}: ${why}`;
}

function whyNotValue(name: string, value: Json): string[] {
  if (name === 'tools.allow') return whyNotTools(value);
  return typeof value === 'string' ? whyNotText(name, value) : [];
}

function whyNotText(key: string, text: string): string[] {
  if (text.includes('${'))
    return ['OpenClaw would put a variable of its environment in the place of ${…}: leave it out'];
  if (secretNames.test(key) && text !== '')
    return ['This looks like a secret: secrets are attached by connectors, never written down'];
  return [];
}

function whyNotTools(value: Json): string[] {
  if (!Array.isArray(value)) return value === null ? [] : ['Write a list of tools, such as ["read", "session_status"]'];
  return value.flatMap((name) => (typeof name === 'string' ? (whyNotTool(name) ?? []) : ['A tool is named by a text']));
}
