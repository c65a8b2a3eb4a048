import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { deleteTotp, findFactors } from '../second-factor/factor.queries.ts';
import { removingFactor } from '../second-factor/keep-last-factor.ts';
import { provePerson } from './prove-person.ts';

/** Asks the person for no code of an app any more; recovery codes stand for a factor and end with the last. */
export async function removeTotp(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { caller, input } = await provePerson(plane, asking, { route: api.account.removeTotp, raw });
  const removing = await removingFactor(plane, caller.id);
  const remove = command(api.account.removeTotp, async ({ tx, record }) => {
    const { totpSince } = await findFactors(tx, caller.id);
    if (!totpSince) throw new Refusal('conflict', 'You sign in without an authenticator app already');
    await removing(tx, () => deleteTotp(tx, caller.id));
    await record({ type: 'person-totp-removed', subjectId: caller.id, subjectName: caller.name });
    return {};
  });
  return remove(plane, caller, input);
}
