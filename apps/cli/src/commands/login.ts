import { hostname, userInfo } from 'node:os';
import { createClient } from '@clawster/client/client';
import { type BotScope, labelsOf, Selector } from '@clawster/contract/label';
import { Role } from '@clawster/contract/permission';
import { Email } from '@clawster/contract/person';
import type { Identity } from '@clawster/contract/person';
import { sayBots } from '@clawster/domain/role/reach';
import { z } from 'zod';
import { cliCommand, type Context } from '../command.ts';
import { enterWorkspace } from '../enter-workspace.ts';
import { ask, askHidden, readSecretFromStdin } from '../prompt.ts';
import { readConnection, saveConnection, serverUrl } from '../connection.ts';
import { cookieFetch } from '../cookie-fetch.ts';
import { codeOption, signIn } from '../sign-in.ts';

const Login = z.object({
  url: z
    .url({ protocol: /^https?$/, error: 'Enter the address of a server, such as http://127.0.0.1:4500' })
    .optional(),
  email: Email.optional(),
  name: z.string().optional(),
  setupToken: z.string().optional(),
  workspace: z.string().optional(),
  role: Role.optional(),
  labels: Selector.optional(),
  passwordStdin: z.boolean().default(false),
  code: z.string().optional(),
  apiKey: z
    .literal('-', 'An API key on the command line is seen by others; give it on standard input: --api-key -')
    .optional(),
});
type Login = z.output<typeof Login>;

export const login = cliCommand({
  usage: 'login [url]',
  summary: 'Sign in to a server, the one on this machine unless named, and keep an API key for this CLI',
  options: [
    ['--email <address>', 'who you are'],
    ['--workspace <name>', 'which of your workspaces; the one you used last unless named'],
    ['--role <role>', 'what the key may do; what you may unless named'],
    ['--labels <selector>', 'for the bots with these labels alone, such as team=support'],
    ['--password-stdin', 'read the password from standard input instead of asking for it'],
    codeOption,
    ['--api-key <->', 'use an API key read from standard input (-) instead of signing in'],
    ['--setup-token <token>', 'make the owner account first, with the token or link that `clawster up` printed'],
    ['--name <name>', 'your name, for the owner account'],
  ],
  input: Login,
  async run(context, input) {
    const { world, signal } = context;
    // Another account may be wanted on the known server, so what is stored names the server at most.
    const asked = input.url?.replace(/\/+$/, '');
    const url = asked ?? serverUrl(world, { ...readConnection(world), apiKey: undefined });
    const apiKey = input.apiKey ? await readSecretFromStdin(world) : await makeKey(context, input, url);
    const identity = await createClient({ baseUrl: url, apiKey }).sessions.current({}, { signal });
    const known = asked ?? readConnection(world).url;
    await saveConnection(world, { ...(known ? { url: known } : {}), apiKey });
    return { url, workspace: identity.workspace.name, role: identity.role };
  },
  show: ({ url, workspace, role }) => `Signed in at ${url}: ${workspace}, as ${role}.`,
});

/** Signs in for a moment, makes a key named after this machine, and signs out again. */
async function makeKey({ world, signal, out }: Context, input: Login, url: string): Promise<string> {
  const visitor = createClient({ baseUrl: url, fetch: cookieFetch() });
  const email = input.email ?? Email.parse(await ask(world, 'E-mail', '--email'));
  let identity: Identity;
  if (input.setupToken) {
    const name = input.name ?? (await ask(world, 'Your name', '--name'));
    const password = await readPassword(world, input, 'Choose a password (15 characters or more)');
    identity = await visitor.setup.complete({ token: tokenOf(input.setupToken), name, email, password }, { signal });
  } else {
    const password = await readPassword(world, input, 'Password');
    identity = await signIn({ world, signal }, visitor, { email, password, code: input.code });
    if (input.workspace) identity = await enterWorkspace(visitor, input.workspace, signal);
  }
  const name = `CLI of ${userInfo().username}@${hostname()}`.slice(0, 80);
  const { access, note } = keyAccess(identity, input);
  if (note) out.note(note);
  const { value } = await visitor.apiKeys.create({ name, ...access }, { signal });
  await visitor.sessions.signOut({}, { signal });
  return value;
}

type KeyAccess = { access: { role: Role; bots?: BotScope }; note?: string };

/** What the key may do: what its owner may in the whole workspace, or else for some bots, when that is all they have. */
export function keyAccess({ role, permissions, grants }: Identity, input: Pick<Login, 'role' | 'labels'>): KeyAccess {
  const bots = input.labels ? { labels: labelsOf(input.labels) } : undefined;
  if (input.role ?? bots) return { access: { role: input.role ?? role, ...(bots ? { bots } : {}) } };
  const [first, ...others] = permissions.includes('bot:read') ? [] : grants;
  if (!first) return { access: { role } };
  const access = { role: first.role, bots: first.bots };
  if (others.length === 0) return { access };
  const rest = others.map((grant) => `${grant.role} for ${sayBots(grant.bots)}`).join(', ');
  return {
    access,
    note: `This key is ${first.role} for ${sayBots(first.bots)}. You are also ${rest}: sign in with --role and --labels to have a key for those.`,
  };
}

function readPassword(world: Context['world'], { passwordStdin }: Login, question: string): Promise<string> {
  return passwordStdin ? readSecretFromStdin(world) : askHidden(world, question, '--password-stdin');
}

/** The token itself, also from the whole link. */
function tokenOf(tokenOrLink: string): string {
  return /#token=([^&\s]+)/.exec(tokenOrLink)?.[1] ?? tokenOrLink;
}
