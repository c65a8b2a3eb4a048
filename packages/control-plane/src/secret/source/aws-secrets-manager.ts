import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { once } from '../once.ts';
import { asking, fieldOf, type SecretSource } from './secret-source.ts';

/** Secrets of AWS Secrets Manager in one region, with the SDK's own chain of credentials. */
export function awsSecretSource(
  region: string,
  connect: () => Promise<SecretsManagerClient> = () => connectSecretsManager(region),
): SecretSource<'aws-secrets-manager'> {
  const client = once(connect);
  return {
    async read({ secretId, field }, signal) {
      const answer = await asking({ place: 'AWS Secrets Manager', secret: secretId, reasonOf }, async () => {
        const { GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
        return (await client()).send(new GetSecretValueCommand({ SecretId: secretId }), { abortSignal: signal });
      });
      const text = answer.SecretString ?? Buffer.from(answer.SecretBinary ?? []).toString();
      return { value: fieldOf(text, { secret: secretId, field }), version: answer.VersionId ?? '' };
    },
  };
}

async function connectSecretsManager(region: string): Promise<SecretsManagerClient> {
  const { SecretsManagerClient: Client } = await import('@aws-sdk/client-secrets-manager');
  return new Client({ region, requestHandler: { connectionTimeout: 5_000, requestTimeout: 10_000 } });
}

function reasonOf(error: unknown) {
  const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
  if (name === 'ResourceNotFoundException') return 'not-found';
  if (name === 'ThrottlingException') return 'unreachable';
  const isDenied = name === 'CredentialsProviderError' || [400, 401, 403].includes($metadata?.httpStatusCode ?? 0);
  return isDenied ? 'denied' : 'unreachable';
}
