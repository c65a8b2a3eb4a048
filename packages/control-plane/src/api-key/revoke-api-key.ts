import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { revokeKey } from './api-key.queries.ts';

/** Revokes a key; it lets nobody in from then on. */
export const revokeApiKey = command(api.apiKeys.revoke, async ({ tx, caller, record }, { apiKeyId }) => {
  const name = await revokeKey(tx, caller, apiKeyId);
  if (name === undefined) throw new Refusal('not-found', 'No API key in force that you may revoke has this id');
  await record({ type: 'api-key-revoked', subjectId: apiKeyId, subjectName: name });
  return {};
});
