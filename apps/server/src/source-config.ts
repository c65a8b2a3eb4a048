import {
  parseSourceAddress,
  type SourceAddress,
  sourceAddressForms,
} from '@clawster/control-plane/secret/source/source-address';
import type { SourceSettings } from '@clawster/control-plane/secret/source/secret-sources';
import { z } from 'zod';

const sentence = `Each of CLAWSTER_SECRET_SOURCES names a store that secrets are read from, such as ${sourceAddressForms.join(', ')}`;

/** The setting of the server that says which stores secrets are read from, and what of them. It holds none. */
export const SourceEnvironment = z.object({
  CLAWSTER_SECRET_SOURCES: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter((one) => one.trim() !== ''))
    .refine((all) => all.every((one) => parseSourceAddress(one)), sentence),
});

/** The stores, in the order they are named. */
export function sourceAddresses(settings: z.infer<typeof SourceEnvironment>): SourceAddress[] {
  return settings.CLAWSTER_SECRET_SOURCES.flatMap((one) => parseSourceAddress(one) ?? []);
}

/** Why the stores cannot be used, or undefined when they can. */
export function whyNotSources({ addresses, vault }: SourceSettings): string | undefined {
  if (vault.signIn || !addresses.some(({ kind }) => kind === 'vault-kv')) return undefined;
  return 'Secrets of a vault need CLAWSTER_VAULT_TOKEN_FILE, or CLAWSTER_VAULT_ROLE_ID with CLAWSTER_VAULT_SECRET_ID_FILE';
}
