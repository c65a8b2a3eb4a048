import { SecretValue } from '@clawster/contract/secret';
import type { SecretReference } from '@clawster/contract/secret-source';
import { sourceNames } from '@clawster/domain/secret/source';
import type { VaultSignIn } from '../vault-client.ts';
import { awsSecretSource } from './aws-secrets-manager.ts';
import { azureSecretSource } from './azure-key-vault.ts';
import { gcpSecretSource } from './gcp-secret-manager.ts';
import { type SecretSource, SecretTrouble } from './secret-source.ts';
import type { SourceAddress } from './source-address.ts';
import { vaultKvSource } from './vault-kv.ts';

export type SourceSettings = {
  addresses: SourceAddress[];
  vault: { namespace: string | undefined; signIn: VaultSignIn | undefined };
};
type Asked = { workspaceId: string; reference: SecretReference };
export type SourceReading = { value: string; version: string };

/** The stores outside of Clawster that this installation reads secrets from. */
export type SecretSources = {
  /** What a secret is there now; throws a SecretTrouble with why it cannot be had, or not by this workspace. */
  read(asked: Asked, signal: AbortSignal): Promise<SourceReading>;
};

export type OpenedSource = { address: SourceAddress; source: SecretSource };

/** The stores that the settings name; each is connected to when it is first asked. */
export function openSources(settings: SourceSettings, outward: { allowPrivate: boolean }): SecretSources {
  return secretSources(
    settings.addresses.map((address) => ({ address, source: sourceAt(address, settings, outward) })),
  );
}

/** Asks that store of several which holds what a reference names. */
export function secretSources(opened: readonly OpenedSource[]): SecretSources {
  return {
    async read({ workspaceId, reference }, signal) {
      const ofKind = opened.filter(({ address }) => address.kind === reference.kind);
      const found = ofKind.find(({ address }) => nameOf(reference).startsWith(withinFor(address, workspaceId)));
      if (!found)
        throw notOpen(
          reference,
          ofKind.map(({ address }) => withinFor(address, workspaceId)),
        );
      const { value, version } = await found.source.read(reference, signal);
      return { value: checked(value, reference), version };
    },
  };
}

/** Whose values could otherwise be had by whoever names them: of other workspaces, and of what is no bot's. */
function notOpen(reference: SecretReference, places: readonly string[]): SecretTrouble {
  const name = sourceNames[reference.kind];
  if (places.length === 0)
    return new SecretTrouble(
      'denied',
      `This server reads no secrets from ${name}: whoever runs it names it in CLAWSTER_SECRET_SOURCES`,
    );
  return new SecretTrouble(
    'denied',
    `This server reads from ${name} what begins with ${places.join(' or ')}: keep the secret there`,
  );
}

function checked(value: string, reference: SecretReference): string {
  const parsed = SecretValue.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SecretTrouble(
    'no-field',
    `${nameOf(reference)} cannot be used: it is empty, or longer than 4,000 characters`,
  );
}

const withinFor = ({ within }: SourceAddress, workspaceId: string) => within.replaceAll('{workspace}', workspaceId);

/** What a secret is called in its store. */
function nameOf(reference: SecretReference): string {
  switch (reference.kind) {
    case 'vault-kv':
      return `${reference.mount}/${reference.path}`;
    case 'aws-secrets-manager':
      return reference.secretId;
    case 'gcp-secret-manager':
      return reference.secret;
    case 'azure-key-vault':
      return reference.name;
  }
}

function sourceAt(
  { kind, where }: SourceAddress,
  { vault }: SourceSettings,
  outward: { allowPrivate: boolean },
): SecretSource {
  switch (kind) {
    case 'vault-kv':
      if (!vault.signIn) throw new Error('A vault needs CLAWSTER_VAULT_TOKEN_FILE, or an AppRole.');
      return vaultKvSource({ url: where, namespace: vault.namespace, signIn: vault.signIn }, outward) as SecretSource;
    case 'aws-secrets-manager':
      return awsSecretSource(where) as SecretSource;
    case 'gcp-secret-manager':
      return gcpSecretSource() as SecretSource;
    case 'azure-key-vault':
      return azureSecretSource(where, outward) as SecretSource;
  }
}
