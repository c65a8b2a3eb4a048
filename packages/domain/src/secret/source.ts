import type { SecretReference } from '@clawster/contract/secret-source';

/** What people call a store, within a sentence. */
export const sourceNames: Record<SecretReference['kind'], string> = {
  'vault-kv': 'the vault',
  'aws-secrets-manager': 'AWS Secrets Manager',
  'gcp-secret-manager': 'Google Cloud Secret Manager',
  'azure-key-vault': 'Azure Key Vault',
};

/** Where a secret is in its store, as people write it; a field of it after a number sign. */
export function sourcePlace(source: SecretReference): string {
  const field = source.field ? ` # ${source.field}` : '';
  switch (source.kind) {
    case 'vault-kv':
      return `${source.mount}/${source.path}${field}`;
    case 'aws-secrets-manager':
      return `${source.secretId}${field}`;
    case 'gcp-secret-manager':
      return `${source.secret}/versions/${source.version}${field}`;
    case 'azure-key-vault':
      return `${source.name}${field}`;
  }
}

type Seen = {
  /** The current value here; undefined when it was revoked. */
  kept: string | undefined;
  read: { value: string; version: string };
  /** The version that was undone or revoked here. */
  declined: string | undefined;
};

/** Whether bots are to be given what a source has: a value that is another one, and that nobody here has taken back. */
export function isToFollow({ kept, read, declined }: Seen): boolean {
  return read.value !== kept && read.version !== declined;
}

const everySeconds = 180;
const failuresMax = 4;

/** In how many seconds a source is read again: soon enough to follow within five minutes, later the longer it fails. */
export function nextReadSeconds(failures: number, chance: number): number {
  // Spread, so that those made together are not read together for ever.
  return Math.round(everySeconds * 2 ** Math.min(failures, failuresMax) * (1 + chance / 3));
}

/** Whether two references name the same secret. */
export function isSamePlace(one: SecretReference, other: SecretReference): boolean {
  return one.kind === other.kind && sourcePlace(one) === sourcePlace(other);
}
