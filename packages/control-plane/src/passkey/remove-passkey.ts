import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { provePerson } from '../profile/prove-person.ts';
import { forgetCodesOfNone } from '../second-factor/factor.queries.ts';
import { noSuchPasskey } from './no-such-passkey.ts';
import { deletePasskey } from './passkey.queries.ts';

const remove = command(api.passkeys.remove, async ({ tx, caller, record }, { passkeyId }) => {
  const passkey = await deletePasskey(tx, passkeyId, caller.id);
  if (passkey === undefined) throw noSuchPasskey();
  await forgetCodesOfNone(tx, caller.id);
  await record({
    type: 'person-passkey-removed',
    subjectId: caller.id,
    subjectName: caller.name,
    detail: { passkey },
  });
  return {};
});

/** Removes a passkey of the person who asks; with their last factor the recovery codes end. */
export async function removePasskey(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { caller, input } = await provePerson(plane, asking, { route: api.passkeys.remove, raw });
  return remove(plane, caller, input);
}
