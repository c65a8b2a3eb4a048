import { randomBytes, randomUUID } from 'node:crypto';
import type { Assertion, Attestation, Passkey } from '@clawster/contract/passkey';
import { ago } from './fleet.ts';
import { freshCodes, prove } from './account-handlers.ts';
import { Refused } from './refused.ts';
import { type Handler, identityOf, type World } from './world.ts';

type Held = World['passkeys'][number];
const timeout = 60_000;

/** Passkeys as the server asks for them; what a browser signs is looked at, and its signature is left to the server's own tests. */
export const passkeyHandlers: Record<string, Handler> = {
  'passkeys.list': ({ passkeys }): { items: Passkey[] } => ({ items: passkeys.map(({ passkey }) => passkey) }),
  'passkeys.offer': (world, { password }: { password: string }) => {
    prove(world, password);
    return {
      rp: { id: 'localhost', name: 'Clawster' },
      user: { id: 'YWRh', name: world.ownEmail, displayName: world.ownName },
      challenge: freshChallenge(world),
      pubKeyCredParams: [{ alg: -7, type: 'public-key' }],
      timeout,
      excludeCredentials: describe(world.passkeys),
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    };
  },
  'passkeys.add': (world, { name, credential }: { name: string; credential: Attestation }) => {
    takeChallenge(world, credential, 'webauthn.create');
    const passkey: Passkey = {
      id: randomUUID(),
      name,
      createdAt: ago(0),
      host: 'localhost',
      device: 'single-device',
      isBackedUp: false,
    };
    world.passkeys.push({ credentialId: credential.id, passkey });
    return { passkey, ...(world.recoveryCodes.size === 0 ? freshCodes(world) : {}) };
  },
  'passkeys.rename': (world, { passkeyId, name }: { passkeyId: string; name: string }) => {
    heldAs(world, passkeyId).passkey.name = name;
    return {};
  },
  'passkeys.remove': (world, { passkeyId, password }: { passkeyId: string; password: string }) => {
    prove(world, password);
    const held = heldAs(world, passkeyId);
    world.passkeys = world.passkeys.filter((other) => other !== held);
    if (!world.totpSince && world.passkeys.length === 0) world.recoveryCodes.clear();
    return {};
  },
  'passkeys.ask': (world, { challenge }: { challenge?: string }) => ({
    challenge: freshChallenge(world),
    rpId: 'localhost',
    timeout,
    userVerification: 'required',
    ...(challenge ? { allowCredentials: describe(world.passkeys) } : {}),
  }),
  'passkeys.signIn': (world, { credential }: { credential: Assertion }) => enter(world, credential),
  'passkeys.secondStep': (world, { credential }: { credential: Assertion }) => enter(world, credential),
};

function enter(world: World, credential: Assertion) {
  takeChallenge(world, credential, 'webauthn.get');
  const held = world.passkeys.find(({ credentialId }) => credentialId === credential.id);
  if (!held) throw new Refused('not-signed-in', 'Clawster does not know this passkey, or it was removed');
  held.passkey.lastUsedAt = ago(0);
  world.signedIn = true;
  return identityOf(world);
}

function freshChallenge(world: World): string {
  return (world.passkeyChallenge = randomBytes(32).toString('base64url'));
}

function takeChallenge(world: World, { response }: Attestation | Assertion, type: string): void {
  const said = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as Record<string, string>;
  const right = said['challenge'] === world.passkeyChallenge && said['type'] === type;
  delete world.passkeyChallenge;
  if (!right) throw new Refused('forbidden', 'The passkey took too long, or its answer was used before');
}

function heldAs(world: World, passkeyId: string): Held {
  const held = world.passkeys.find(({ passkey }) => passkey.id === passkeyId);
  if (!held) throw new Refused('not-found', 'You have no passkey with this id');
  return held;
}

function describe(passkeys: Held[]) {
  return passkeys.map(({ credentialId }) => ({ id: credentialId, type: 'public-key', transports: ['internal'] }));
}
