import type { SkillFiles, SkillFinding } from '@clawster/contract/skill';
import { closedTools } from '../config/baseline.ts';

/** What a scan comes to: what the skill is for, in its own words, and what is to be known of it. */
export type Scanned = { description: string; findings: SkillFinding[] };

type Rule = { severity: SkillFinding['severity']; pattern: RegExp; message: string };

/** What a line may hold that someone should look at before a bot reads it. */
const rules: readonly Rule[] = [
  {
    severity: 'danger',
    pattern: /[\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u,
    message: 'Letters that nobody sees: they can hide an instruction',
  },
  {
    severity: 'danger',
    pattern:
      /\b(ignore|disregard|forget|override)\b[^.\n]{0,40}\b(previous|prior|above|earlier|all|system|other)\b[^.\n]{0,30}\b(instruction|rule|prompt|direction)s?/i,
    message: 'It tells the bot to set other instructions aside',
  },
  {
    severity: 'danger',
    pattern:
      /\b(do not|don't|never|without)\b[^.\n]{0,30}\b(tell|inform|mention|show|notify|asking)\b[^.\n]{0,30}\b(user|owner|human|operator|person|anyone)\b/i,
    message: 'It tells the bot to keep something from people',
  },
  {
    severity: 'danger',
    pattern:
      /\b(send|post|upload|forward|exfiltrate|report)\b[^.\n]{0,60}\b(api[ _-]?keys?|tokens?|passwords?|secrets?|credentials?|SOUL\.md|AGENTS\.md|system prompt)\b/i,
    message: 'It asks for secrets or for the bot’s own instructions to be sent on',
  },
  { severity: 'danger', pattern: /\b(curl|wget|iwr)\b[^\n|]*\|\s*(ba|z|da)?sh\b/i, message: 'It runs what it fetches' },
  { severity: 'danger', pattern: /\b[A-Za-z0-9+/]{200,}={0,2}/, message: 'A long text that nobody can read' },
  {
    severity: 'danger',
    pattern:
      /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bsk-[A-Za-z0-9_-]{20,}|\bAKIA[0-9A-Z]{16}\b|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bghp_[A-Za-z0-9]{30,}/,
    message: 'It looks like a secret: take it out, and attach it to a connector',
  },
  { severity: 'note', pattern: /\bhttps?:\/\/(?!localhost\b)[a-z0-9.-]+/i, message: 'It names an address of the web' },
];
const findingsMax = 50;

/** Looks at a skill before any bot reads it. What cannot be a skill is told as why, in `whyNotSkill`. */
export function scanSkill(files: SkillFiles): Scanned {
  const findings = Object.entries(files).flatMap(([file, text]) => scanFile(file, text));
  return { description: headOf(files)['description'] ?? '', findings: findings.slice(0, findingsMax) };
}

/** Why these files are no skill, or undefined when they are one. */
export function whyNotSkill(name: string, files: SkillFiles): string | undefined {
  if (files['SKILL.md'] === undefined) return 'A skill has a file SKILL.md that says what it is for and how it is done';
  const head = headOf(files);
  if (!head['description'])
    return 'SKILL.md begins with its head: a line ---, then name: and description:, then a line ---';
  if (head['name'] !== name)
    return `SKILL.md is named ${head['name'] ?? 'nothing'}, and the skill ${name}: let both say the same`;
  return undefined;
}

function scanFile(file: string, text: string): SkillFinding[] {
  return text.split('\n').flatMap((line, at) => {
    const found = rules.filter(({ pattern }) => pattern.test(line));
    const tool = closedTools.find((name) => !name.includes('*') && new RegExp(`\`${name}\``).test(line));
    return [
      ...found.map(({ severity, message }) => ({ severity, file, line: at + 1, message })),
      ...(tool
        ? [
            {
              severity: 'note' as const,
              file,
              line: at + 1,
              message: `It asks for the tool ${tool}, which is closed to every bot`,
            },
          ]
        : []),
    ];
  });
}

/** `name: value` lines between the two `---` that SKILL.md begins with. */
function headOf(files: SkillFiles): Record<string, string> {
  const head = /^---\r?\n([\s\S]*?)\r?\n---(\r?\n|$)/.exec(files['SKILL.md'] ?? '')?.[1] ?? '';
  const pairs = head.split('\n').flatMap((line) => {
    const [, key, value] = /^([a-z-]+):\s*(.*?)\s*$/.exec(line) ?? [];
    return key ? [[key, (value ?? '').replace(/^(["'])(.*)\1$/, '$2')] as const] : [];
  });
  return Object.fromEntries(pairs);
}
