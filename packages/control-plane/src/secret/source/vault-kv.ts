import { AddressRefused } from '../../outward/address.ts';
import { checkedAgent } from '../../outward/checked-agent.ts';
import { type VaultAccess, VaultClient, VaultRefused } from '../vault-client.ts';
import { asking, fieldIn, type SecretSource, SecretTrouble } from './secret-source.ts';

const limits = { responseBytesMax: 1_000_000, timeoutMs: 10_000 };

/** Secrets of a KV engine (version 2) of OpenBao or HashiCorp Vault; connects to allowed addresses alone. */
export function vaultKvSource(
  access: Omit<VaultAccess, 'dispatcher'>,
  outward: { allowPrivate: boolean },
): SecretSource<'vault-kv'> {
  const client = new VaultClient({ ...access, dispatcher: checkedAgent({ ...outward, ...limits }) });
  return {
    async read({ mount, path, field }, signal) {
      const secret = `${mount}/${path}`;
      const answer = await asking({ place: 'The vault', secret, reasonOf }, () =>
        client.ask({ method: 'GET', path: `${mount}/data/${path}`, signal }),
      );
      const { data, metadata } = (answer['data'] ?? {}) as Kept;
      // A version that was deleted is told with its date and without its data.
      if (!data) throw new SecretTrouble('not-found', `The newest version of ${secret} was deleted: write a new one`);
      return { value: fieldIn(data, { secret, field }), version: String(metadata?.version ?? 0) };
    },
  };
}

type Kept = { data?: Record<string, unknown> | null; metadata?: { version: number } };

function reasonOf(error: unknown) {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof AddressRefused)
      throw new SecretTrouble('unreachable', `Clawster does not connect to the vault: ${cause.message}`, error);
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'denied';
  if (!(error instanceof VaultRefused)) return 'unreachable';
  if (error.status === 404) return 'not-found';
  return error.status === 403 || error.status === 400 ? 'denied' : 'unreachable';
}
