import type { ParsedInputOf, Route } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller, SignedIn } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { isPassword } from '../session/password.ts';
import { countAttempt, forgiveAttempts } from '../session/sign-in-limits.ts';

type Asked<R extends Route> = { input: ParsedInputOf<R>; caller: SignedIn; account: Account };
export type Account = { id: string; name: string; email: string };

/** Who asks, if it is a person, who alone has an account. */
export function refuseProgram(caller: SignedIn): void {
  if (caller.kind !== 'person')
    throw new Refusal('refused', 'An API key has no account of its own: sign in as a person for this');
}

/** Whoever signs in at an identity provider alone proves nothing here. */
function hasNoPassphrase(): Refusal {
  return new Refusal(
    'refused',
    "Your account has no passphrase: you sign in at your organisation's identity provider, which keeps your address and second factor. To have the account removed, ask an owner or admin",
  );
}

/** Lets a person in who proves their password once more: a session that was left open or stolen is not enough. */
export async function provePerson<R extends Route>(
  plane: ControlPlane,
  asking: Caller,
  { route, raw }: { route: R; raw: unknown },
): Promise<Asked<R>> {
  const caller = admit(route, asking);
  const input = parseInput(route, raw);
  refuseProgram(caller);
  const found = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('person')
      .select(['id', 'name', 'email', 'passwordHash'])
      .where('id', '=', caller.id)
      .executeTakeFirst(),
  );
  if (!found) throw new Refusal('not-signed-in', 'This account is gone: sign in with another');
  const { passwordHash, ...account } = found;
  if (passwordHash === null) throw hasNoPassphrase();
  await countAttempt(plane, account.email, caller.address);
  if (!(await isPassword((input as { password: string }).password, passwordHash))) {
    const message = 'This is not your passphrase: enter the one you sign in with';
    throw Refusal.at('password', 'invalid', message);
  }
  await forgiveAttempts(plane, account.email, caller.address);
  return { input, caller, account };
}
