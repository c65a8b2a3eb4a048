import type { CommandContext } from '../command.ts';
import { setFieldSecret } from '../secret/secret-use.ts';
import { apiKeyField } from './connector.queries.ts';

/** Keeps a connector's key as a secret with a name: a new one, or another version of the one it has for itself. */
export function setKey(
  context: CommandContext,
  { id, name, apiKey }: { id: string; name: string; apiKey: string },
): Promise<void> {
  const place = { ownerKind: 'connector', ownerId: id, field: apiKeyField, name: `${name} API key` } as const;
  return setFieldSecret(context, { value: apiKey }, place);
}
