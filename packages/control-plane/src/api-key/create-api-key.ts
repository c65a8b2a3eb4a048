import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { scopeColumns } from '../role/role.queries.ts';
import { hashToken } from '../session/token.ts';
import { insertApiKey } from './api-key.queries.ts';
import { newKeyValue } from './key-value.ts';
import { refuseAbove } from './refuse-above.ts';

const dayMs = 86_400_000;

/** Makes a key that can do no more than its maker; its value leaves in this answer and is not kept. */
export const createApiKey = command(
  api.apiKeys.create,
  async ({ tx, caller, record }, { name, expiresInDays, ...grant }) => {
    const owner = await refuseAbove(tx, caller, grant);
    const { role, scopes, bots } = grant;
    const { value, prefix } = newKeyValue();
    const apiKey = await insertApiKey(tx, caller, {
      workspaceId: caller.workspaceId,
      name,
      role,
      scopes: scopes ?? null,
      ...scopeColumns(bots),
      prefix,
      valueHash: hashToken(value),
      ...owner,
      expiresAt: new Date((await databaseNow(tx)).getTime() + expiresInDays * dayMs),
    });
    const { expiresAt, serviceAccount } = apiKey;
    await record({
      type: 'api-key-created',
      subjectId: apiKey.id,
      subjectName: name,
      detail: { role, scopes, bots, expiresAt, ...(serviceAccount ? { serviceAccount: serviceAccount.name } : {}) },
    });
    return { apiKey, value };
  },
);
