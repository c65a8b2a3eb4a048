import { type KeyAddress, keyAddressForms, parseKeyAddress } from '@clawster/control-plane/secret/key-address';
import type { KeySettings } from '@clawster/control-plane/secret/open-keys';
import type { VaultSignIn } from '@clawster/control-plane/secret/vault-client';
import { z } from 'zod';

const forms = `such as ${keyAddressForms.join(', ')}`;
const addressed = (text: string, context: z.RefinementCtx, name: string): KeyAddress => {
  const address = parseKeyAddress(text);
  if (address) return address;
  context.addIssue({ code: 'custom', message: `${name} names where a key is kept, ${forms}` });
  return z.NEVER;
};

/** The settings of the server that say where the keys of the secrets are. None of them holds one. */
export const KeyEnvironment = z.object({
  CLAWSTER_KEY: z
    .string()
    .default('file')
    .transform((text, context) => addressed(text, context, 'CLAWSTER_KEY')),
  CLAWSTER_FORMER_KEYS: z
    .string()
    .default('')
    .transform((text, context) =>
      text
        .split(',')
        .filter((one) => one.trim() !== '')
        .map((one) => addressed(one, context, 'Each of CLAWSTER_FORMER_KEYS')),
    ),
  CLAWSTER_VAULT_NAMESPACE: z.string().optional(),
  CLAWSTER_VAULT_TOKEN_FILE: z.string().optional(),
  CLAWSTER_VAULT_ROLE_ID: z.string().optional(),
  CLAWSTER_VAULT_SECRET_ID_FILE: z.string().optional(),
});

/** Where the keys are, and how a vault is signed in to. */
export function keySettings(settings: z.infer<typeof KeyEnvironment>): KeySettings {
  return {
    current: settings.CLAWSTER_KEY,
    former: settings.CLAWSTER_FORMER_KEYS,
    vault: { namespace: settings.CLAWSTER_VAULT_NAMESPACE, signIn: signInOf(settings) },
  };
}

/** Why the settings of the keys cannot be used together, or undefined when they can. */
export function whyNotKeys(settings: z.infer<typeof KeyEnvironment>): string | undefined {
  const isOfVault = [settings.CLAWSTER_KEY, ...settings.CLAWSTER_FORMER_KEYS].some(({ kind }) => kind === 'vault');
  if (!isOfVault || signInOf(settings)) return undefined;
  return 'A key of a vault needs CLAWSTER_VAULT_TOKEN_FILE, or CLAWSTER_VAULT_ROLE_ID with CLAWSTER_VAULT_SECRET_ID_FILE';
}

function signInOf(settings: z.infer<typeof KeyEnvironment>): VaultSignIn | undefined {
  const { CLAWSTER_VAULT_TOKEN_FILE: tokenFile, CLAWSTER_VAULT_ROLE_ID: roleId } = settings;
  const secretIdFile = settings.CLAWSTER_VAULT_SECRET_ID_FILE;
  if (tokenFile) return { tokenFile };
  return roleId && secretIdFile ? { roleId, secretIdFile } : undefined;
}
