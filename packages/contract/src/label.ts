import { z } from 'zod';
import { Id } from './page.ts';

const name = '[a-z0-9](?:[a-z0-9._/-]{0,61}[a-z0-9])?';
const value = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const labelsMax = 20;

/** What tells bots apart for people and selectors, such as `{ team: 'support' }`. */
export const Labels = z
  .record(
    z
      .string()
      .regex(new RegExp(`^${name}$`), 'A label is named by lower-case letters, digits, dots, slashes and hyphens'),
    z.string().regex(new RegExp(`^${value}$`), 'A value is 1 to 63 letters, digits, dots, underscores and hyphens'),
  )
  .refine((labels) => Object.keys(labels).length <= labelsMax, `Use at most ${labelsMax} labels`);
export type Labels = z.infer<typeof Labels>;

/** Labels that must all be there, as text: `team=support,env=live`. */
export const Selector = z
  .string()
  .max(1_000)
  .regex(new RegExp(`^${name}=${value}(,${name}=${value})*$`), 'Write name=value, more of them with commas between');

/** The labels a selector asks for. */
export function labelsOf(selector: string): Labels {
  return Object.fromEntries(
    selector
      .split(',')
      .filter(Boolean)
      .map((pair) => pair.split('=', 2) as [string, string]),
  );
}

/** Some bots of a workspace: one, or those that have all of these labels. */
export const BotScope = z.union([
  z.strictObject({ botId: Id }),
  z.strictObject({
    labels: Labels.refine(
      (labels) => Object.keys(labels).length > 0,
      'Name at least one label: for all bots, use a role',
    ),
  }),
]);
export type BotScope = z.infer<typeof BotScope>;
