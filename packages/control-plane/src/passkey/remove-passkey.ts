import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { provePerson } from '../account/prove-person.ts';
import { removingFactor } from '../second-factor/keep-last-factor.ts';
import { noSuchPasskey } from './no-such-passkey.ts';
import { deletePasskey } from './passkey.queries.ts';

/** Removes a passkey of the person who asks; with their last factor the recovery codes end. */
export async function removePasskey(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { caller, input } = await provePerson(plane, asking, { route: api.passkeys.remove, raw });
  const removing = await removingFactor(plane, caller.id);
  const remove = command(api.passkeys.remove, async ({ tx, record }, { passkeyId }) => {
    let passkey: string | undefined;
    await removing(tx, async () => {
      passkey = await deletePasskey(tx, passkeyId, caller.id);
      if (passkey === undefined) throw noSuchPasskey();
    });
    const { id: subjectId, name: subjectName } = caller;
    await record({ type: 'person-passkey-removed', subjectId, subjectName, detail: { passkey } });
    return {};
  });
  return remove(plane, caller, input);
}
