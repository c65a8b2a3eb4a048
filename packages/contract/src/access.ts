import { z } from 'zod';
import { BotScope } from './label.ts';
import { Id } from './page.ts';
import { Permission, Role } from './permission.ts';
import { route } from './route.ts';

/** Why someone may: a role they have, for all bots or for some. */
export const Ground = z.object({ role: Role, bots: BotScope.optional() });

export const CanAnswer = z.object({
  allowed: z.boolean(),
  /** A sentence: by what they may, or what they lack and who gives it. */
  reason: z.string(),
  grounds: z.array(Ground),
});
export type CanAnswer = z.infer<typeof CanAnswer>;

export const access = {
  can: route({
    method: 'GET',
    path: '/access/can',
    permission: 'signed-in',
    summary: 'Whether the caller, or with `personId` someone else, may do something, and why',
    /** Without `botId` of a permission that bots are given for: whether for all bots. */
    input: z.object({ permission: Permission, botId: Id.optional(), personId: Id.optional() }),
    output: CanAnswer,
  }),
};
