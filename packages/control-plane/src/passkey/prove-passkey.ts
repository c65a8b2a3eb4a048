import type { Assertion } from '@clawster/contract/passkey';
import { passkeyHost } from '@clawster/domain/passkey/where';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { keep } from '../change.ts';
import type { NewEvent } from '../event/recorder.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { type Account, tellAtHome } from '../session/let-in.ts';
import { countAttempt, forgiveAttempts } from '../session/sign-in-limits.ts';
import { hashToken } from '../session/token.ts';
import { type AnsweredChallenge, useChallenge } from './ask-challenge.ts';
import type { Purpose } from './challenge.queries.ts';
import { findPasskey, usePasskey } from './passkey.queries.ts';
import { userHandle, verifyUsed } from './web-authn.ts';

type Found = NonNullable<Awaited<ReturnType<typeof findPasskey>>>;
type Use = { credential: Assertion; purpose: Exclude<Purpose, 'add'>; of?: string };
/** Why a passkey that is known was refused, as the event tells it. */
type Reason = 'other-person' | 'other-host' | 'signature' | 'counter';

/** Whose passkey signed the challenge, and what is to be told of it; refuses, and tells of, one that proves nobody. */
export async function provePasskey(
  plane: ControlPlane,
  caller: Caller,
  use: Use,
): Promise<{ account: Account; told: NewEvent }> {
  const { credential, purpose } = use;
  // It stands for its account, which is not known before it signed.
  const counted = `passkey ${hashToken(credential.id).toString('hex')}`;
  await countAttempt(plane, counted, caller.address);
  const asked = await useChallenge(plane, purpose, credential);
  const found = await systemQuery(plane, (tx) => findPasskey(tx, Buffer.from(credential.id, 'base64url')));
  if (!found)
    throw new Refusal('not-signed-in', 'Clawster does not know this passkey, or it was removed: sign in another way');
  const account = { id: found.personId, name: found.personName, email: found.email };
  const reason = await whyRefused(plane, { found, asked, use });
  const event = { subjectId: account.id, subjectName: account.name };
  if (reason) {
    const detail = { passkey: found.name, reason };
    await tellAtHome(plane, caller, { account, event: { type: 'person-passkey-refused', ...event, detail } });
    throw new Refusal('not-signed-in', sentences[reason]);
  }
  await forgiveAttempts(plane, counted, caller.address);
  return { account, told: { type: 'person-passkey-used', ...event, detail: { passkey: found.name } } };
}

async function whyRefused(
  plane: ControlPlane,
  { found, asked, use }: { found: Found; asked: AnsweredChallenge; use: Use },
): Promise<Reason | undefined> {
  const { credential, of: expected } = use;
  const handle = credential.response.userHandle;
  const isTheirs = handle === undefined ? expected !== undefined : handle === userHandle(found.personId);
  if (!isTheirs || asked.personId !== (expected ?? null) || (expected ?? found.personId) !== found.personId)
    return 'other-person';
  if (passkeyHost(asked.origin) !== found.host) return 'other-host';
  const used = await verifyUsed(credential, { ...asked, publicKey: found.publicKey });
  if (!used) return 'signature';
  return (await keep(plane, (tx) => usePasskey(tx, { id: found.id, ...used }))) ? undefined : 'counter';
}

const sentences: Record<Reason, string> = {
  'other-person': 'This passkey belongs to another account: use one of yours',
  'other-host': 'This passkey was made at another address of Clawster: open that one, or sign in another way',
  signature: 'The passkey did not prove that it is you: try again, or sign in another way',
  counter: 'This passkey may have been copied: sign in another way, remove it under Settings, and add it anew',
};
