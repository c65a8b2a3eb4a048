import type { SecretClient } from '@azure/keyvault-secrets';
import { allowedAddresses, AddressRefused } from '../../outward/address.ts';
import { azureOptions } from '../driver/azure-key-vault.ts';
import { once } from '../once.ts';
import { asking, fieldOf, type SecretSource, SecretTrouble } from './secret-source.ts';

/** Secrets of one Azure Key Vault, with the SDK's own chain of credentials; connects to allowed addresses alone. */
export function azureSecretSource(
  vaultUrl: string,
  outward: { allowPrivate: boolean },
  connect: () => Promise<SecretClient> = () => connectAzureSecrets(vaultUrl),
): SecretSource<'azure-key-vault'> {
  const client = once(connect);
  return {
    async read({ name, field }, signal) {
      const secret = await asking({ place: 'Azure Key Vault', secret: name, reasonOf }, async () => {
        await allowedAddresses(new URL(vaultUrl).hostname, outward);
        return (await client()).getSecret(name, { abortSignal: signal });
      });
      return { value: fieldOf(secret.value ?? '', { secret: name, field }), version: secret.properties.version ?? '' };
    },
  };
}

async function connectAzureSecrets(vaultUrl: string): Promise<SecretClient> {
  const { SecretClient: Client } = await import('@azure/keyvault-secrets');
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new Client(vaultUrl, new DefaultAzureCredential(), azureOptions);
}

function reasonOf(error: unknown) {
  if (error instanceof AddressRefused)
    throw new SecretTrouble('unreachable', `Clawster does not connect to Azure Key Vault: ${error.message}`, error);
  const { statusCode, name } = error as { statusCode?: number; name: string };
  if (statusCode === 404) return 'not-found';
  const isDenied = ['CredentialUnavailableError', 'AggregateAuthenticationError'].includes(name);
  return isDenied || statusCode === 401 || statusCode === 403 ? 'denied' : 'unreachable';
}
