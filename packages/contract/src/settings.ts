import { z } from 'zod';
import { Document } from './document.ts';
import { EgressHost } from './egress.ts';

/** Of an object that a layer need not say all of; null takes away what the layers below say. */
const orGone = <T extends z.ZodType>(schema: T) => z.union([schema, z.null()]).optional();
/** A list, or a change of the one below. */
const listOf = <T extends z.ZodType>(item: T, max: number) =>
  z.union([
    z.array(item).max(max),
    z.strictObject({ $add: z.array(item).max(max).optional(), $remove: z.array(item).max(max).optional() }),
  ]);
const text = (max: number, what: string) =>
  z.string().max(max, `Keep ${what} under ${max.toLocaleString('en')} characters`);

/** What a bot is to reach, and by what one sees that it does. */
export const Goal = z.strictObject({
  goal: z.string().trim().min(1, 'Say what is to be reached').max(300),
  measure: z.string().trim().min(1).max(300).optional(),
});
export type Goal = z.infer<typeof Goal>;

/** Who the bot is, in Markdown; reaches OpenClaw as SOUL.md, which is cut beyond 9 KB. */
export const Personality = z
  .string()
  .max(8_000, 'Keep the personality under 8,000 characters: OpenClaw cuts longer ones');
export type Personality = z.infer<typeof Personality>;
export const Role = text(2_000, 'the role');
export const Style = text(1_500, 'the style');
/** A skill of the catalogue, held to what it was when it was chosen: `triage@sha256:…`. */
export const SkillPin = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}@sha256:[0-9a-f]{64}$/, 'Name a skill with its digest, such as triage@sha256:…');
export type SkillPin = z.infer<typeof SkillPin>;

const identity = {
  /** What it is there for. */
  role: orGone(Role),
  personality: orGone(Personality),
  /** How it speaks. */
  style: orGone(Style),
  goals: orGone(listOf(Goal, 20)),
  emoji: orGone(z.string().trim().min(1).max(16)),
};

/** What a layer may say of a bot. */
export const Settings = z
  .strictObject({
    identity: orGone(z.strictObject(identity)),
    skills: orGone(listOf(SkillPin, 20)),
    /** Where it may connect to beside its models, its channels and Clawster, where its target confines it. */
    egress: orGone(z.strictObject({ hosts: orGone(listOf(EgressHost, 100)) })),
    /** A part of OpenClaw's own configuration. */
    openclaw: Document.optional(),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof Settings>;
