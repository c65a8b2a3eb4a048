import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { type Author, type Caller, originOf } from '../caller.ts';
import { change, type ChangeContext } from '../change.ts';
import { parseInput } from '../enter.ts';
import { tellPasswordChanged } from '../mail/account-mail.queries.ts';
import { closeSessions } from '../person/end-access.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { forgetChallenges } from '../second-factor/challenge.queries.ts';
import { hashPassword, isPassword, refuseGuessable } from '../session/password.ts';
import { lockPerson } from '../session/session.queries.ts';
import { forgiveGuesses } from '../session/sign-in-limits.ts';
import { hashToken } from '../session/token.ts';
import { inWorkspaceAs } from '../workspace/in-workspace.ts';
import { resetRefused } from './look-up-reset.ts';
import { findReset, forgetAsked, takeReset } from './password-reset.queries.ts';

/**
 * Gives a person the passphrase they chose, by a link that is used up with it, and closes all their sessions in every
 * workspace. It opens none: signing in asks for the second factor as always.
 */
export async function useReset(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Record<string, never>> {
  const { token, password } = parseInput(api.passwordResets.use, raw);
  const tokenHash = hashToken(token);
  // Before the costly hash, so that a stranger without the token cannot make the server work.
  const reset = await systemQuery(plane, (tx) => findReset(tx, tokenHash));
  const [home] = reset?.workspaceIds ?? [];
  if (!reset || home === undefined) throw resetRefused();
  await refuseUnfit(password, reset);
  const passwordHash = await hashPassword(password);

  const { id, name } = reset;
  const by: By = { author: { actor: { kind: 'person', id, name }, origin: originOf(caller) }, reset };
  await change(plane, { workspaceId: home, actor: by.author.actor, from: caller }, async (context) => {
    const { tx } = context;
    await lockPerson(tx, id);
    await forgetAsked(tx, reset.email);
    if (!(await takeReset(tx, tokenHash))) throw resetRefused();
    await tx.updateTable('person').set({ passwordHash }).where('id', '=', id).execute();
    await forgetChallenges(tx, id);
    await tellPasswordChanged(tx, reset.email, originOf(caller));
    await closeEverywhere(context, by);
  });
  plane.wake(['mail']);
  await forgiveGuesses(plane, reset.email.toLowerCase(), caller.address);
  return {};
}

type Reset = NonNullable<Awaited<ReturnType<typeof findReset>>>;
type By = { author: Author; reset: Reset };

/** The same rules as where a passphrase is changed. */
async function refuseUnfit(password: string, { name, email, passwordHash }: Reset): Promise<void> {
  refuseGuessable(password, [name, email]);
  if (!(await isPassword(password, passwordHash))) return;
  const message = 'This is the passphrase you have: sign in with it, or choose another';
  throw new Refusal('invalid', message, { issues: [{ path: 'password', message }] });
}

/** Closes the sessions of every workspace, each told there. */
async function closeEverywhere(context: ChangeContext, { author, reset }: By): Promise<void> {
  const { id: personId, name, madeBy, workspaceIds } = reset;
  const close = async (there: ChangeContext, workspaceId: string) => {
    const sessions = await closeSessions(there, { workspaceId, personId });
    const detail = { by: 'reset-link', madeBy, sessions };
    await there.record({ type: 'person-password-changed', subjectId: personId, subjectName: name, detail });
  };
  const [home, ...others] = workspaceIds;
  if (home === undefined) throw new Error('A link of someone who belongs nowhere');
  await close(context, home);
  for (const workspaceId of others)
    await inWorkspaceAs(context.tx, { workspaceId, author, backTo: home }, (there) => close(there, workspaceId));
}
