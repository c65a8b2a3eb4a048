import type { CommandContext } from '../command.ts';
import { setFieldSecret } from '../secret/secret-use.ts';
import { headersField } from './exporter.queries.ts';

type Given = { headers?: string | undefined; headersSecretId?: string | undefined };

/** Keeps an exporter's headers as a secret with a name, or puts one behind it that is kept already. */
export async function setHeaders(
  context: CommandContext,
  { id, name }: { id: string; name: string },
  { headers, headersSecretId }: Given,
): Promise<void> {
  const place = { ownerKind: 'exporter', ownerId: id, field: headersField, name: `${name} headers` } as const;
  if (headersSecretId) await setFieldSecret(context, { secretId: headersSecretId }, place);
  else if (headers) await setFieldSecret(context, { value: headers }, place);
}
