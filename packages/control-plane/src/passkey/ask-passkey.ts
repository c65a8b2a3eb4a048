import { api } from '@clawster/contract/api';
import type { RequestOptions } from '@clawster/contract/passkey';
import { passkeyHost } from '@clawster/domain/passkey/where';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { findChallenge } from '../second-factor/challenge.queries.ts';
import { countPasskeyOffer } from '../session/sign-in-limits.ts';
import { challengeEnded } from '../session/second-step.ts';
import { hashToken } from '../session/token.ts';
import { askChallenge, refuseOrigin } from './ask-challenge.ts';
import { describePasskeys, listPasskeysOf } from './passkey.queries.ts';
import { requestOptions } from './web-authn.ts';

/** What a browser at this origin uses a passkey with: any, to sign in, or one of those whose the second step is. */
export async function askPasskey(
  plane: ControlPlane,
  caller: Caller,
  { raw, origin }: { raw: unknown; origin: string },
): Promise<RequestOptions> {
  const { challenge: step } = parseInput(api.passkeys.ask, raw);
  refuseOrigin(origin);
  await countPasskeyOffer(plane, caller.address);
  if (step === undefined) {
    const challenge = await askChallenge(plane, { purpose: 'sign-in', origin });
    return requestOptions({ challenge, origin });
  }
  const personId = await systemQuery(plane, (tx) => findChallenge(tx, hashToken(step)));
  if (!personId) throw challengeEnded();
  const of = await passkeysHere(plane, personId, passkeyHost(origin));
  const challenge = await askChallenge(plane, { purpose: 'second-step', origin, personId });
  return requestOptions({ challenge, origin, of });
}

/** Those a browser can use here; who has others is told where these are good. */
async function passkeysHere(plane: ControlPlane, personId: string, host: string) {
  const of = await systemQuery(plane, (tx) => describePasskeys(tx, personId, host));
  if (of.length > 0) return of;
  const hosts = (await systemQuery(plane, (tx) => listPasskeysOf(tx, personId))).map((passkey) => passkey.host);
  const elsewhere = [...new Set(hosts)].join(' or ');
  throw new Refusal(
    'refused',
    elsewhere
      ? `Your passkeys were made at ${elsewhere}: open Clawster there, or use another way`
      : 'You have no passkey: use another way',
  );
}
