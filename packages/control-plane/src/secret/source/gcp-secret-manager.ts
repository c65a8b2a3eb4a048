import type { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { once } from '../once.ts';
import { asking, fieldOf, type SecretSource } from './secret-source.ts';

/** Secrets of Google Cloud Secret Manager, with the SDK's own chain of credentials. */
export function gcpSecretSource(
  connect: () => Promise<SecretManagerServiceClient> = connectSecretManager,
): SecretSource<'gcp-secret-manager'> {
  const client = once(connect);
  return {
    async read({ secret, version, field }, signal) {
      const [answer] = await asking({ place: 'Google Cloud Secret Manager', secret, reasonOf }, async () => {
        signal.throwIfAborted();
        return (await client()).accessSecretVersion({ name: `${secret}/versions/${version}` }, call);
      });
      const data = answer.payload?.data ?? '';
      const text = typeof data === 'string' ? Buffer.from(data, 'base64').toString() : Buffer.from(data).toString();
      return { value: fieldOf(text, { secret, field }), version: answer.name?.split('/').at(-1) ?? '' };
    },
  };
}

/** Not tried again here: a service that is away is told soon. */
const call = { timeout: 10_000, retry: null };

/** Over HTTP, which needs no library of gRPC's in the process. */
async function connectSecretManager(): Promise<SecretManagerServiceClient> {
  const { SecretManagerServiceClient: Client } = await import('@google-cloud/secret-manager');
  return new Client({ fallback: true });
}

/** By the numbers of gRPC. */
function reasonOf(error: unknown) {
  const { code, message } = error as { code?: number; message: string };
  if (code === 5) return 'not-found';
  const isDenied = code === 7 || code === 9 || code === 16 || /Could not load the default credentials/.test(message);
  return isDenied ? 'denied' : 'unreachable';
}
