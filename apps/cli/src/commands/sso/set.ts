import { Role } from '@clawster/contract/permission';
import type { GroupRole, SetIdentityProvider } from '@clawster/contract/sso';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { roleWords } from '../../role-words.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { askHidden, readSecretFromStdin } from '../../prompt.ts';
import type { World } from '../../world.ts';
import { sayProvider } from './say-provider.ts';

const Words = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .optional();

export const set = cliCommand({
  usage: 'sso set',
  summary: 'Set or change the identity provider; it is asked first. What is left out stays as it is',
  options: [
    ['--name <name>', 'what the button says: Sign in with <name>'],
    ['--issuer <url>', 'the issuer, as its discovery spells it'],
    ['--client-id <id>', 'the client id'],
    ['--client-secret-stdin', 'read the client secret from standard input instead of asking for it'],
    ['--keep-secret', 'keep the client secret there is'],
    ['--scopes <scopes>', 'separated by commas (openid,email,profile)'],
    ['--groups-claim <claim>', 'the claim that holds the groups (groups)'],
    ['--groups <map>', 'which group has which role, such as "platform=admin; everyone=viewer"'],
    ['--default-role <role>', `of who is in none of these groups: ${roleWords}; or none`],
    ['--domains <domains>', 'whose verified addresses are taken, separated by commas'],
    ['--accounts <yes|no>', 'whether whoever comes for the first time gets an account'],
  ],
  input: z.object({
    name: z.string().optional(),
    issuer: z.string().optional(),
    clientId: z.string().optional(),
    clientSecretStdin: z.boolean().default(false),
    keepSecret: z.boolean().default(false),
    scopes: Words,
    groupsClaim: z.string().optional(),
    groups: z.string().optional(),
    defaultRole: Role.optional(),
    domains: Words,
    accounts: z.enum(['yes', 'no']).optional(),
  }),
  async run({ client, world, signal }, { keepSecret, clientSecretStdin, ...asked }) {
    const { provider } = await client.sso.show({});
    const clientSecret = keepSecret ? undefined : await readClientSecret(world, clientSecretStdin);
    const { id: _id, updatedAt: _updatedAt, ...before } = provider ?? { id: '', updatedAt: '' };
    return client.sso.set({ ...changed(before, asked), ...(clientSecret ? { clientSecret } : {}) }, { signal });
  },
  show: (provider) => [...sayProvider(provider), 'It answers. People can sign in with it.'].join('\n'),
});

type Asked = {
  name?: string | undefined;
  issuer?: string | undefined;
  clientId?: string | undefined;
  scopes?: string[] | undefined;
  groupsClaim?: string | undefined;
  groups?: string | undefined;
  /** `none` takes the one there was away. */
  defaultRole?: Role | undefined;
  domains?: string[] | undefined;
  accounts?: 'yes' | 'no' | undefined;
};

/** What is missing altogether, the server says. */
function changed(before: Partial<SetIdentityProvider>, asked: Asked): SetIdentityProvider {
  const { groups, defaultRole, domains, accounts, ...same } = asked;
  const given = Object.fromEntries(Object.entries(same).filter(([, value]) => value !== undefined));
  const { defaultRole: roleBefore, ...rest } = before;
  const role = defaultRole ?? roleBefore;
  return {
    ...rest,
    ...given,
    ...(groups === undefined ? {} : { groupRoles: readGroups(groups) }),
    ...(role && role !== 'none' ? { defaultRole: role } : {}),
    ...(domains ? { emailDomains: domains } : {}),
    ...(accounts ? { makesAccounts: accounts === 'yes' } : {}),
  } as SetIdentityProvider;
}

/** A group's own name may hold anything but a semicolon; its role follows the last equals sign. */
function readGroups(map: string): GroupRole[] {
  return map
    .split(';')
    .filter((part) => part.trim())
    .map((part) => {
      const at = part.lastIndexOf('=');
      const role = Role.safeParse(part.slice(at + 1).trim());
      if (at < 1 || !role.success)
        throw new CliRefusal(`"${part.trim()}" is no group with a role: write it as platform=admin.`, exitCodes.usage);
      return { group: part.slice(0, at).trim(), role: role.data };
    });
}

function readClientSecret(world: World, fromStdin: boolean): Promise<string> {
  return fromStdin
    ? readSecretFromStdin(world)
    : askHidden(world, 'Client secret', '--client-secret-stdin or --keep-secret');
}
