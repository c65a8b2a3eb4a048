import type { Skill, SkillFinding } from '@clawster/contract/skill';
import { pinOf, skillName } from '@clawster/domain/skill/pin';
import { count } from '../../lib/time.ts';

/** A skill of the catalogue with all its versions, the newest first. */
export type CatalogueEntry = { name: string; newest: Skill; versions: Skill[] };

/** The catalogue skill by skill, in the order in which the server lists versions: by name, the newest first. */
export function entriesOf(skills: readonly Skill[]): CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry>();
  for (const skill of skills) {
    const known = entries.get(skill.name);
    if (known) known.versions.push(skill);
    else entries.set(skill.name, { name: skill.name, newest: skill, versions: [skill] });
  }
  return [...entries.values()];
}

/** The entries whose name or description holds these words. */
export function searched(entries: readonly CatalogueEntry[], words: string): CatalogueEntry[] {
  const wanted = words.trim().toLowerCase();
  return entries.filter(({ name, newest }) => `${name} ${newest.description}`.toLowerCase().includes(wanted));
}

/** The version that a layer names, if it is in the catalogue. */
export function skillOf(skills: readonly Skill[], pin: string): Skill | undefined {
  return skills.find((skill) => pinOf(skill) === pin);
}

/** The newest version after this one that bots may use; else one after it that is held back; else undefined. */
export function newerThan(skills: readonly Skill[], pin: string): Skill | undefined {
  const versions = skills.filter(({ name }) => name === skillName(pin));
  const newer = versions.slice(
    0,
    Math.max(
      0,
      versions.findIndex((skill) => pinOf(skill) === pin),
    ),
  );
  return newer.find(({ status }) => status === 'ready') ?? newer[0];
}

/** How many bots have a skill in any of its versions, and of those how many have an older one than the newest. */
export function usesOf({ newest, versions }: CatalogueEntry): { all: number; older: number } {
  const all = versions.reduce((sum, { botCount }) => sum + botCount, 0);
  return { all, older: all - newest.botCount };
}

const shownDigits = 12;
/** As much of a digest as tells versions apart, as the command line shows it too. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, shownDigits);
}

/** "held back: 1 danger, 2 things to know". */
export function sayScan({ status, findings, approvedBy }: Pick<Skill, 'status' | 'findings' | 'approvedBy'>): string {
  const found = sayFindings(findings);
  if (status === 'held') return `held back: ${found}`;
  return approvedBy ? `${found}, approved by ${approvedBy}` : found;
}

/** "1 danger, 2 things to know". */
export function sayFindings(findings: readonly SkillFinding[]): string {
  const dangers = findings.filter(({ severity }) => severity === 'danger').length;
  const notes = findings.length - dangers;
  const parts = [
    ...(dangers > 0 ? [count(dangers, 'danger')] : []),
    ...(notes > 0 ? [count(notes, 'thing to know', 'things to know')] : []),
  ];
  return parts.join(', ') || 'nothing found';
}

/** Why no bot can be given this version yet, or undefined. */
export function whyNotGive({ status, findings }: Skill): string | undefined {
  return status === 'held' ? `Held back (${sayFindings(findings)}): approve it in the catalogue first` : undefined;
}

/** Why a version cannot be deleted, or undefined. */
export function whyNotDelete({ builtIn, botCount }: Skill): string | undefined {
  if (builtIn) return 'It comes with Clawster: leave it out of your layers instead';
  if (botCount === 0) return undefined;
  return `${count(botCount, 'bot has', 'bots have')} this version: take it from their layers first`;
}
