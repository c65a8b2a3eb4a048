import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetCallers } from '../session/caller-cache.ts';
import { revokeKey } from './api-key.queries.ts';

const revoke = command(api.apiKeys.revoke, async ({ tx, caller, record }, { apiKeyId }) => {
  const name = await revokeKey(tx, caller, apiKeyId);
  if (name === undefined) throw new Refusal('not-found', 'No API key in force that you may revoke has this id');
  await record({ type: 'api-key-revoked', subjectId: apiKeyId, subjectName: name });
  return {};
});

/** Revokes a key; it lets nobody in from then on. */
export async function revokeApiKey(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await revoke(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}
