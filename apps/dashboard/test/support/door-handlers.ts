import { randomUUID } from 'node:crypto';
import type { CompleteSetup } from '@clawster/contract/setup';
import type { SecondStep, SignIn } from '@clawster/contract/session';
import { ago } from './fleet.ts';
import { resetToken } from './person-handlers.ts';
import { Refused } from './refused.ts';
import { type Handler, identityOf, owner, setupToken, totpCode, type World } from './world.ts';

export const doorHandlers: Record<string, Handler> = {
  'system.status': ({ isSetUp, whyReadOnly, overtaken }) => ({
    product: 'clawster',
    version: '0.1.0',
    setup: isSetUp ? 'done' : 'needed',
    ...(whyReadOnly ? { mode: 'read-only', reason: whyReadOnly } : {}),
    ...(overtaken ? { overtaken } : {}),
  }),
  'setup.complete': (world, input: CompleteSetup) => {
    if (world.isSetUp) throw new Refused('conflict', 'Clawster is set up already: sign in');
    if (input.token !== setupToken)
      throw new Refused('forbidden', 'This set-up link is used up or mistyped: start Clawster again for a new one');
    Object.assign(world, { isSetUp: true, signedIn: true, workspaceName: input.workspaceName });
    return identityOf(world);
  },
  'sessions.signIn': (world, { email, password: given }: SignIn) => {
    if (email !== owner.email || given !== world.password)
      throw new Refused('not-signed-in', 'E-mail or passphrase is not right');
    if (world.totpSince || world.passkeys.length > 0)
      return {
        state: 'second-step',
        challenge: 'challenge-1',
        expiresAt: ago(-300),
        factors: [
          ...(world.totpSince ? ['totp'] : []),
          ...(world.passkeys.length > 0 ? ['passkey'] : []),
          'recovery-code',
        ],
      };
    world.signedIn = true;
    return { state: 'signed-in', identity: identityOf(world) };
  },
  'sessions.secondStep': (world, { factor, code }: SecondStep) => {
    const right = factor === 'totp' ? code === totpCode : world.recoveryCodes.delete(code);
    const message = 'This code is not right, or was used: enter the one the app shows next';
    if (!right) throw new Refused('not-signed-in', message, [{ path: 'code', message }]);
    world.signedIn = true;
    return identityOf(world);
  },
  'passwordResets.show': ({ mailServer }) => ({ byMail: mailServer !== undefined }),
  'passwordResets.ask': () => ({}),
  'passwordResets.lookUp': (_, { token }: { token: string }) => {
    if (token !== resetToken)
      throw new Refused(
        'forbidden',
        'This link was used or replaced, you signed in since, or it is older than 30 minutes',
      );
    return { name: owner.name, email: owner.email, expiresAt: ago(-1_800) };
  },
  'passwordResets.use': (world, { password: given }: { password: string }) => {
    world.password = given;
    return {};
  },
  'sessions.current': (world) => identityOf(world),
  'sessions.signOut': (world: World) => {
    world.signedIn = false;
    return {};
  },
  'sessions.list': () => ({
    items: [
      session('Mozilla/5.0 (X11; Linux x86_64) Chrome/144.0', true),
      session('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) Safari/605.1', false),
    ],
  }),
  'sessions.revoke': () => ({}),
};

function session(userAgent: string, current: boolean) {
  return {
    id: randomUUID(),
    createdAt: ago(5000),
    lastSeenAt: ago(current ? 2 : 3000),
    expiresAt: ago(-40_000),
    address: '127.0.0.1',
    userAgent,
    current,
  };
}
