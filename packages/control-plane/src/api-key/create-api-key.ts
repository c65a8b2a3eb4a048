import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotGrant } from '@clawster/domain/role/role';
import { command } from '../command.ts';
import { databaseNow } from '../database-now.ts';
import { standing } from '../person/standing.ts';
import { getBot } from '../bot/bot.queries.ts';
import { holdDefinition, scopeColumns } from '../role/role.queries.ts';
import { hashToken, newToken } from '../session/token.ts';
import { insertApiKey } from './api-key.queries.ts';

/** Told by secret scanners and people alike to be a key of ours. */
export const keyPrefix = 'claw_';
const shownLength = keyPrefix.length + 7;
const dayMs = 86_400_000;

/** Makes a key that can do no more than its maker; its value leaves in this answer and is not kept. */
export const createApiKey = command(
  api.apiKeys.create,
  async ({ tx, caller, record }, { name, role, scopes, bots, expiresInDays }) => {
    const definition = await holdDefinition(tx, caller.workspaceId, role);
    const reason = whyNotGrant(caller, { ...definition, scopes });
    if (reason) throw new Refusal('forbidden', reason);
    if (bots && 'botId' in bots) await getBot(tx, bots.botId);

    const createdBy = (await standing(tx, caller)) ?? null;
    const value = `${keyPrefix}${newToken()}`;
    const apiKey = await insertApiKey(tx, {
      workspaceId: caller.workspaceId,
      name,
      role,
      scopes: scopes ?? null,
      ...scopeColumns(bots),
      prefix: value.slice(0, shownLength),
      valueHash: hashToken(value),
      createdBy,
      expiresAt: new Date((await databaseNow(tx)).getTime() + expiresInDays * dayMs),
    });
    await record({
      type: 'api-key-created',
      subjectId: apiKey.id,
      subjectName: name,
      detail: { role, scopes, bots, expiresAt: apiKey.expiresAt },
    });
    return { apiKey, value };
  },
);
