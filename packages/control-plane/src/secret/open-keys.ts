import { awsKmsKey } from './driver/aws-kms.ts';
import { azureKey } from './driver/azure-key-vault.ts';
import { gcpKmsKey } from './driver/gcp-kms.ts';
import { vaultTransitKey } from './driver/vault-transit.ts';
import type { KeyAddress } from './key-address.ts';
import type { KeyDriver } from './key-driver.ts';
import { keyRing } from './key-ring.ts';
import { fileKey, type KeyWrapper, openKeyFile, readKey } from './key-wrapper.ts';
import type { VaultSignIn } from './vault-client.ts';

export type KeySettings = {
  current: KeyAddress;
  former: KeyAddress[];
  vault: { namespace: string | undefined; signIn: VaultSignIn | undefined };
};

/** The key that wraps and those that open what is still under them; a key file that is to wrap is made when there is none. */
export async function openKeys(settings: KeySettings, defaultFile: string): Promise<KeyWrapper> {
  const { current, former } = settings;
  return keyRing({
    current:
      current.kind === 'file' ? await openKeyFile(current.file ?? defaultFile) : driverOf(current, settings.vault),
    former: await Promise.all(
      former.map(async (address) =>
        address.kind === 'file' ? openFormer(address.file ?? defaultFile) : driverOf(address, settings.vault),
      ),
    ),
  });
}

async function openFormer(file: string): Promise<KeyDriver> {
  const key = await readKey(file);
  if (!key)
    throw new Error(`The former key ${file} is not there: put it back, or take it out of CLAWSTER_FORMER_KEYS.`);
  return fileKey(key);
}

function driverOf(address: Exclude<KeyAddress, { kind: 'file' }>, vault: KeySettings['vault']): KeyDriver {
  switch (address.kind) {
    case 'vault':
      if (!vault.signIn) throw new Error('A key of a vault needs CLAWSTER_VAULT_TOKEN_FILE, or an AppRole.');
      return vaultTransitKey({ url: address.url, namespace: vault.namespace, signIn: vault.signIn }, address);
    case 'aws-kms':
      return awsKmsKey(address);
    case 'gcp-kms':
      return gcpKmsKey(address.key);
    case 'azure-key-vault':
      return azureKey(address);
  }
}
