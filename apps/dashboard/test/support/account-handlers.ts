import type { ChangeEmail, ChangePassword } from '@clawster/contract/account';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { type Handler, owner, totpCode, type World } from './world.ts';

export const accountHandlers: Record<string, Handler> = {
  'account.rename': (world, { name }: { name: string }) => {
    world.ownName = name;
    return {};
  },
  'account.changeEmail': (world, { email, password }: ChangeEmail) => {
    prove(world, password);
    world.ownEmail = email;
    return {};
  },
  'account.changePassword': (world, { password, newPassword }: ChangePassword) => {
    prove(world, password);
    world.password = newPassword;
    return {};
  },
  'workspace.settings': ({ requiredOf }) => ({ secondFactor: { requiredOf, since: ago(86_400) } }),
  'workspace.requireSecondFactor': (world, { requiredOf }: { requiredOf: World['requiredOf'] }) => {
    world.requiredOf = requiredOf;
    return { secondFactor: { requiredOf, since: ago(0) } };
  },
  'account.factors': ({ totpSince, passkeys, recoveryCodes }) => ({
    ...(totpSince ? { totp: { since: totpSince } } : {}),
    passkeys: passkeys.length,
    recoveryCodesLeft: recoveryCodes.size,
  }),
  'account.offerTotp': (world, { password }: { password: string }) => {
    prove(world, password);
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
    return { secret, uri: `otpauth://totp/Clawster:ada%40example.com?issuer=Clawster&secret=${secret}` };
  },
  'account.confirmTotp': (world, { code }: { code: string }) => {
    const message = 'This code is not right: enter the one the app shows now, and check its clock';
    if (code !== totpCode) throw new Refused('invalid', message, [{ path: 'code', message }]);
    world.totpSince = ago(0);
    delete world.missingFactor;
    return freshCodes(world);
  },
  'account.removeTotp': (world: World, { password }: { password: string }) => {
    prove(world, password);
    delete world.totpSince;
    if (world.passkeys.length === 0) world.recoveryCodes.clear();
    return {};
  },
  'account.makeRecoveryCodes': (world, { password }: { password: string }) => {
    prove(world, password);
    return freshCodes(world);
  },
  'account.remove': (world: World, { password }: { password: string }) => {
    prove(world, password);
    if (world.people.filter(({ role }) => role === 'owner').length < 2)
      throw new Refused('refused', 'This is the last owner of the workspace: make someone else an owner first');
    world.people = world.people.filter(({ id }) => id !== owner.id);
    world.signedIn = false;
    return {};
  },
};

/** Ten codes in place of all earlier ones. */
export function freshCodes(world: World): { recoveryCodes: string[] } {
  world.recoveryCodes = new Set(Array.from({ length: 10 }, (_, index) => `k7m${index}-p2qx-9r4t-w8z3`));
  return { recoveryCodes: [...world.recoveryCodes] };
}

/** Refuses what is not the passphrase. */
export function prove(world: World, given: string): void {
  const message = 'This is not your passphrase: enter the one you sign in with';
  if (given !== world.password) throw new Refused('invalid', message, [{ path: 'password', message }]);
}
