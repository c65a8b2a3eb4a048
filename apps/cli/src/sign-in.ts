import type { Client } from '@clawster/client/client';
import type { Identity } from '@clawster/contract/person';
import type { Context } from './command.ts';
import { CliRefusal } from './failure.ts';
import { ask } from './prompt.ts';

type SignIn = { email: string; password: string; code?: string | undefined };
export const codeOption: [string, string] = ['--code <code>', 'the code of your authenticator app, or a recovery code'];

/** Signs a person in with all that their account asks for. */
export async function signIn(
  { world, signal }: Pick<Context, 'world' | 'signal'>,
  client: Client,
  { email, password, code: given }: SignIn,
): Promise<Identity> {
  const answer = await client.sessions.signIn({ email, password }, { signal });
  if (answer.state === 'signed-in') return answer.identity;
  if (answer.factors.every((factor) => factor === 'passkey'))
    throw new CliRefusal(
      'This account asks for a passkey, which needs a browser: sign in to the dashboard and make recovery codes there, one of which --code takes',
    );
  const code = given ?? (await ask(world, 'Code of your authenticator app, or a recovery code', '--code'));
  const factor = /^[\d\s]{6,7}$/.test(code.trim()) ? 'totp' : 'recovery-code';
  return client.sessions.secondStep({ challenge: answer.challenge, factor, code }, { signal });
}
