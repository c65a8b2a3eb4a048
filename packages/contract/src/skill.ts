import { z } from 'zod';
import { Empty, Timestamp } from './page.ts';
import { route } from './route.ts';

export const SkillName = z
  .string()
  .regex(
    /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    'Name a skill by small letters, digits and hyphens, such as triage-requests',
  );
export const SkillDigest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'A digest begins with sha256:');

export const skillFilesMax = 40;
export const skillFileCharactersMax = 64_000;
export const skillCharactersMax = 256_000;

const filePath =
  /^(?=.{1,120}$)[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*){0,3}\.(?:md|txt|json|csv|ya?ml)$/;

/** The files of a skill by their paths; SKILL.md says what it is for and how it is done. */
export const SkillFiles = z
  .record(
    z.string(),
    z.string().max(skillFileCharactersMax, `Keep each file under ${skillFileCharactersMax / 1000},000 characters`),
  )
  .refine((files) => Object.keys(files).every((path) => filePath.test(path)), {
    error:
      'A skill holds texts (md, txt, json, csv, yaml) in at most three folders, named by letters, digits, dots and hyphens',
  })
  .refine((files) => Object.keys(files).length <= skillFilesMax, `A skill has at most ${skillFilesMax} files`)
  .refine(
    (files) => Object.values(files).join('').length <= skillCharactersMax,
    `A skill has at most ${skillCharactersMax / 1000},000 characters in all`,
  );
export type SkillFiles = z.infer<typeof SkillFiles>;

/** What the scan saw. `danger`: held back until someone has looked at it; `note`: to be known. */
export const SkillFinding = z.object({
  severity: z.enum(['danger', 'note']),
  file: z.string(),
  line: z.int().optional(),
  message: z.string(),
});
export type SkillFinding = z.infer<typeof SkillFinding>;

/** One version of a skill: it never changes, and is named with its digest (`triage@sha256:…`). */
export const Skill = z.object({
  name: SkillName,
  digest: SkillDigest,
  description: z.string(),
  /** `held`: the scan found a danger, and nobody has approved it. */
  status: z.enum(['ready', 'held']),
  findings: z.array(SkillFinding),
  characters: z.int(),
  author: z.string(),
  approvedBy: z.string().optional(),
  /** Came with Clawster. */
  builtIn: z.boolean(),
  /** Bots whose layers name this version. */
  botCount: z.int(),
  createdAt: Timestamp,
});
export type Skill = z.infer<typeof Skill>;

export const SkillDetail = Skill.extend({ files: z.record(z.string(), z.string()) });
export type SkillDetail = z.infer<typeof SkillDetail>;

const One = z.object({ name: SkillName, digest: SkillDigest });

export const skills = {
  list: route({
    method: 'GET',
    path: '/skills',
    permission: 'skill:read',
    summary: 'The skills of the workspace, by name and the newest version first',
    input: Empty,
    output: z.object({ items: z.array(Skill) }),
  }),
  get: route({
    method: 'GET',
    path: '/skills/{name}/{digest}',
    permission: 'skill:read',
    summary: 'One version of a skill with its files',
    input: One,
    output: SkillDetail,
  }),
  add: route({
    method: 'POST',
    path: '/skills',
    permission: 'skill:manage',
    summary: 'Add a skill, or a version of one; it is scanned, and held back where that finds a danger',
    input: z.object({ name: SkillName, files: SkillFiles }),
    output: Skill,
  }),
  approve: route({
    method: 'POST',
    path: '/skills/{name}/{digest}/approval',
    permission: 'skill:manage',
    summary: 'Let bots use a skill that was held back',
    input: One.extend({ reason: z.string().trim().min(1, 'Say why it may be used').max(300) }),
    output: Skill,
  }),
  delete: route({
    method: 'DELETE',
    path: '/skills/{name}/{digest}',
    permission: 'skill:manage',
    summary: 'Delete a version of a skill that no bot names',
    input: One,
    output: Empty,
  }),
};
