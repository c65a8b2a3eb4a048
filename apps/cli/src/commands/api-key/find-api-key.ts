import type { Client } from '@clawster/client/client';
import type { ApiKey } from '@clawster/contract/api-key';
import { allPages, named } from '../../find.ts';

/** The key in force a person means by a name or an id; of a rotated one and its successor by name, the successor. */
export async function findApiKey(client: Client, nameOrId: string): Promise<ApiKey> {
  const keys = (await allPages((cursor) => client.apiKeys.list({ limit: 200, cursor }))).filter(
    ({ revokedAt }) => !revokedAt,
  );
  const byId = keys.find(({ id }) => id === nameOrId);
  if (byId) return byId;
  const current = keys.filter(({ replacedBy, expiresAt }) => !replacedBy && Date.parse(expiresAt) > Date.now());
  const isKnown = current.some(({ name }) => name.toLowerCase() === nameOrId.toLowerCase());
  return named(isKnown ? current : keys, nameOrId, { what: 'API key', list: 'clawster api-key list' });
}
