import { api } from '@clawster/contract/api';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { rolesOfRule } from '@clawster/domain/sso/role-of-groups';
import type { SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import { standing } from '../person/standing.ts';
import { findDefinition } from '../role/role.queries.ts';
import { hashToken } from '../session/token.ts';
import { lockProvider, type StoredProvider } from '../sso/provider.queries.ts';
import type { Tx } from '../transaction.ts';
import { describeDirectory, findDirectory, insertDirectory } from './directory.queries.ts';
import { insertToken } from './token.queries.ts';
import { newTokenValue } from './token-value.ts';

/** Connects the workspace's directory; its token leaves in this answer and is not kept. It decides over nobody above the role of who connects it. */
export const connectDirectory = command(api.directory.connect, async ({ tx, caller, record }, { name }) => {
  const { workspaceId, role, permissions } = caller;
  await standing(tx, caller);
  // Held, so that it is not removed meanwhile.
  const stored = await lockProvider(tx, workspaceId);
  if (!stored)
    throw new Refusal(
      'refused',
      'Set up single sign-on first: the people a directory makes sign in there, and its groups have their roles by it',
    );
  await refuseBeyond(tx, caller, stored);
  if (await findDirectory(tx, workspaceId))
    throw new Refusal('conflict', 'This workspace has a directory already: rotate its token, or remove it first');
  const directory = await insertDirectory(tx, { workspaceId, name, ceiling: { role, permissions } });
  const { value, prefix } = newTokenValue();
  await insertToken(tx, directory, { prefix, valueHash: hashToken(value) });
  await record({ type: 'directory-connected', subjectId: directory.id, subjectName: name, detail: { prefix } });
  return { directory: await describeDirectory(tx, directory), value };
});

/** Whoever holds the token gives the roles that are mapped: so it is for who may give them, and may change the mapping. */
async function refuseBeyond(tx: Tx, caller: SignedIn, { provider, ceiling }: StoredProvider): Promise<void> {
  let reason = whyNotManage(caller, ceiling);
  for (const role of rolesOfRule(provider))
    reason ??= whyNotGrant(caller, await findDefinition(tx, caller.workspaceId, role));
  if (reason) throw new Refusal('forbidden', reason);
}
