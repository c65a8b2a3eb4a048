import type { Assertion, Attestation, CreationOptions, RequestOptions } from '@clawster/contract/passkey';
import { passkeyHost } from '@clawster/domain/passkey/where';
import type { NewPasskey } from './passkey.queries.ts';

/** Ed25519, ES256 and RS256: what authenticators make; named here, so that all replicas take the same. */
const algorithms = [-8, -7, -257];
const timeout = 5 * 60_000;
type Descriptor = { id: string; transports: string[] };
type Person = { id: string; name: string; email: string };

/** What a browser makes a passkey with: one that is found without an e-mail address, and asks who uses it. */
export function creationOptions(asked: {
  challenge: string;
  origin: string;
  person: Person;
  has: Descriptor[];
}): CreationOptions {
  const { challenge, origin, person, has } = asked;
  return {
    rp: { id: passkeyHost(origin), name: 'Clawster' },
    user: { id: userHandle(person.id), name: person.email, displayName: person.name },
    challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ alg, type: 'public-key' })),
    timeout,
    excludeCredentials: has.map(describe),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  };
}

/** What a browser uses a passkey with: one of these, or any for this host. */
export function requestOptions(asked: { challenge: string; origin: string; of?: Descriptor[] }): RequestOptions {
  const { challenge, origin, of } = asked;
  return {
    challenge,
    rpId: passkeyHost(origin),
    timeout,
    userVerification: 'required',
    ...(of ? { allowCredentials: of.map(describe) } : {}),
  };
}

/** By what a passkey names its person. */
export function userHandle(personId: string): string {
  return Buffer.from(personId.replaceAll('-', ''), 'hex').toString('base64url');
}

/** The challenge that a browser says was signed, for this page and not for one within another. What it says is checked with the signature. */
export function challengeIn({ response }: { response: { clientDataJSON: string } }): string | undefined {
  try {
    const said = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as Record<string, unknown>;
    return typeof said['challenge'] === 'string' && !said['crossOrigin'] ? said['challenge'] : undefined;
  } catch {
    return undefined;
  }
}

type Expected = { challenge: string; origin: string };
export type MadePasskey = Omit<NewPasskey, 'personId' | 'name'>;

/** The passkey that was made for this challenge at this origin, by someone it verified; undefined when something is not right. */
export async function verifyMade(credential: Attestation, expected: Expected): Promise<MadePasskey | undefined> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const host = passkeyHost(expected.origin);
  const { registrationInfo: made } = await orNothing(() =>
    verifyRegistrationResponse({
      response: credential as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: host,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    }),
  );
  if (!made) return undefined;
  return {
    credentialId: Buffer.from(made.credential.id, 'base64url'),
    publicKey: Buffer.from(made.credential.publicKey),
    host,
    signCount: made.credential.counter,
    transports: credential.response.transports ?? [],
    device: made.credentialDeviceType === 'multiDevice' ? 'multi-device' : 'single-device',
    isBackedUp: made.credentialBackedUp,
  };
}

export type UsedPasskey = { signCount: number; isBackedUp: boolean };

/** What a passkey says of its use, when it signed this challenge at this origin for someone it verified; else undefined. */
export async function verifyUsed(
  credential: Assertion,
  expected: Expected & { publicKey: Buffer },
): Promise<UsedPasskey | undefined> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { verified, authenticationInfo: used } = await orNothing(() =>
    verifyAuthenticationResponse({
      response: credential as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: passkeyHost(expected.origin),
      requireUserVerification: true,
      // The counter is compared where it is stored, so that two at once cannot both be right, and only after the signature.
      credential: { id: credential.id, publicKey: new Uint8Array(expected.publicKey), counter: 0 },
    }),
  );
  return verified && used ? { signCount: used.newCounter, isBackedUp: used.credentialBackedUp } : undefined;
}

/** The library throws for whatever is not right in what a browser sent. */
async function orNothing<T extends object>(verify: () => Promise<T>): Promise<Partial<T>> {
  return verify().catch(() => ({}));
}

function describe({ id, transports }: Descriptor) {
  return { id, type: 'public-key' as const, transports };
}
