import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { admit } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { provePerson } from '../account/prove-person.ts';
import { systemQuery } from '../query.ts';
import { askChallenge, refuseOrigin } from './ask-challenge.ts';
import { describePasskeys } from './passkey.queries.ts';
import { creationOptions } from './web-authn.ts';

const passkeysMax = 20;

/** What a browser at this origin makes a passkey with. Nothing changes until it is added. */
export async function offerPasskey(
  plane: ControlPlane,
  asking: Caller,
  { raw, origin }: { raw: unknown; origin: string },
) {
  admit(api.passkeys.offer, asking);
  refuseOrigin(origin);
  const { account } = await provePerson(plane, asking, { route: api.passkeys.offer, raw });
  const has = await systemQuery(plane, (tx) => describePasskeys(tx, account.id));
  if (has.length >= passkeysMax)
    throw new Refusal(
      'refused',
      `You have ${passkeysMax} passkeys, which is as many as there may be: remove one first`,
    );
  const challenge = await askChallenge(plane, { purpose: 'add', origin, personId: account.id });
  return creationOptions({ challenge, origin, person: account, has });
}
