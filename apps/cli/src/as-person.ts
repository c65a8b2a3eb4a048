import { type Client, createClient } from '@clawster/client/client';
import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import type { Context } from './command.ts';
import { cookieFetch } from './cookie-fetch.ts';
import { serverUrl } from './connection.ts';
import { codeOption, signIn } from './sign-in.ts';
import { ask, askHidden, readSecretsFromStdin } from './prompt.ts';

/** What a command takes that a key may not do: it signs in as a person, for a moment. */
export const PersonOptions = z.object({
  email: Email.optional(),
  passwordStdin: z.boolean().default(false),
  code: z.string().optional(),
});
export const personOptions: [string, string][] = [
  ['--email <address>', 'who you are'],
  ['--password-stdin', 'read the passphrase from standard input instead of asking for it'],
  codeOption,
];

type Asked = z.output<typeof PersonOptions>;
type Work<Result> = (person: { client: Client; email: string; secrets: string[] }) => Promise<Result>;

/** Signs in, does the work, and signs out again; `questions` are asked for one secret each, the passphrase first. */
export async function asPerson<Result>(
  { world, signal }: Context,
  { email: given, passwordStdin, code, questions = [] }: Asked & { questions?: string[] },
  work: Work<Result>,
): Promise<Result> {
  const email = given ?? Email.parse(await ask(world, 'E-mail', '--email'));
  const secrets = passwordStdin ? await readSecretsFromStdin(world, 1 + questions.length) : [];
  if (!passwordStdin)
    for (const question of ['Passphrase', ...questions])
      secrets.push(await askHidden(world, question, '--password-stdin'));
  const client = createClient({ baseUrl: serverUrl(world), fetch: cookieFetch() });
  await signIn({ world, signal }, client, { email, password: secrets[0] ?? '', code });
  const result = await work({ client, email, secrets });
  await client.sessions.signOut({}, { signal }).catch(() => undefined);
  return result;
}
