import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { offerTotp as store } from '../second-factor/factor.queries.ts';
import { newTotpSecret, totpUri } from '../second-factor/totp.ts';
import { sealTotp } from '../second-factor/totp-secret.ts';
import { provePerson } from './prove-person.ts';

/** A secret for an authenticator app, in this answer and never again. Nothing changes until a code of it confirms it. */
export async function offerTotp(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { account } = await provePerson(plane, asking, { route: api.account.offerTotp, raw });
  const secret = newTotpSecret();
  const sealed = await sealTotp(plane, account.id, secret);
  await keep(plane, (tx) => store(tx, { ...sealed, personId: account.id }));
  return { secret, uri: totpUri(secret, account) };
}
