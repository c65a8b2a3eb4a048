import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { refuseProgram } from '../account/prove-person.ts';
import { renamePasskeyOf } from './passkey.queries.ts';
import { noSuchPasskey } from './no-such-passkey.ts';

/** Gives a passkey of the person who asks another name. */
export const renamePasskey = command(api.passkeys.rename, async ({ tx, caller, record }, { passkeyId, name }) => {
  refuseProgram(caller);
  const before = await renamePasskeyOf(tx, { id: passkeyId, personId: caller.id, name });
  if (before === undefined) throw noSuchPasskey();
  await record({
    type: 'person-passkey-renamed',
    subjectId: caller.id,
    subjectName: caller.name,
    detail: { from: before, to: name },
  });
  return {};
});
