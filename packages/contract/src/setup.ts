import { z } from 'zod';
import { Email, Identity, Password, PersonName } from './person.ts';
import { route } from './route.ts';

/** The first visit: the one-time token printed by `clawster up` makes the owner account and its workspace. */
export const CompleteSetup = z.object({
  token: z.string().min(1, 'Open the link that `clawster up` printed').max(200),
  name: PersonName,
  email: Email,
  password: Password,
  workspaceName: z.string().trim().min(1).max(80).default('My workspace'),
});
export type CompleteSetup = z.infer<typeof CompleteSetup>;

export const setup = {
  complete: route({
    method: 'POST',
    path: '/setup',
    permission: 'public',
    summary: 'Make the owner account with the one-time set-up token; signs in (sets the session cookie)',
    input: CompleteSetup,
    output: Identity,
  }),
};
