import type { ChangeEmail, ChangePassword } from '@clawster/contract/profile';
import { Refused } from './refused.ts';
import { type Handler, owner, type World } from './world.ts';

export const profileHandlers: Record<string, Handler> = {
  'profile.rename': (world, { name }: { name: string }) => {
    world.ownName = name;
    return {};
  },
  'profile.changeEmail': (world, { email, password }: ChangeEmail) => {
    prove(world, password);
    world.ownEmail = email;
    return {};
  },
  'profile.changePassword': (world, { password, newPassword }: ChangePassword) => {
    prove(world, password);
    world.password = newPassword;
    return {};
  },
  'profile.remove': (world: World, { password }: { password: string }) => {
    prove(world, password);
    if (world.people.filter(({ role }) => role === 'owner').length < 2)
      throw new Refused('refused', 'This is the last owner of the workspace: make someone else an owner first');
    world.people = world.people.filter(({ id }) => id !== owner.id);
    world.signedIn = false;
    return {};
  },
};

function prove(world: World, given: string): void {
  const message = 'This is not your passphrase: enter the one you sign in with';
  if (given !== world.password) throw new Refused('invalid', message, [{ path: 'password', message }]);
}
