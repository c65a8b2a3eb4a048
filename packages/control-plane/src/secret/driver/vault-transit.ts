import { type KeyDriver, KeyTrouble, type KeyTroubleReason, usingKey } from '../key-driver.ts';
import { type VaultAccess, VaultClient, VaultRefused } from '../vault-client.ts';

/** A key of the transit engine of OpenBao or HashiCorp Vault. Ids end with the version of the key. */
export function vaultTransitKey(access: VaultAccess, { mount, key }: { mount: string; key: string }): KeyDriver {
  const client = new VaultClient(access);
  const name = `vault:${mount}/${key}`;
  let newest = name;
  const transit = async (verb: 'encrypt' | 'decrypt', body: Record<string, string>) => {
    const answer = await client.ask({ method: 'POST', path: `${mount}/${verb}/${key}`, body });
    return answer['data'] as Record<string, string>;
  };
  return {
    kind: 'vault',
    get id() {
      return newest;
    },
    holds: (kekId) => kekId.startsWith(`${name}:v`),
    wrap: (dataKey, boundTo) =>
      usingKey(newest, { reasonOf }, async () => {
        const body = { plaintext: dataKey.toString('base64'), ...bound(boundTo) };
        const ciphertext = (await transit('encrypt', body))['ciphertext'] ?? '';
        newest = `${name}:${versionOf(ciphertext)}`;
        return { kekId: newest, wrapped: Buffer.from(ciphertext) };
      }),
    unwrap: ({ kekId, wrapped }, boundTo) =>
      usingKey(kekId, { reasonOf }, async () => {
        const ciphertext = wrapped.toString();
        if (kekId !== `${name}:${versionOf(ciphertext)}`) throw new KeyTrouble('altered', kekId, undefined);
        const { plaintext } = await transit('decrypt', { ciphertext, ...bound(boundTo) });
        return Buffer.from(plaintext ?? '', 'base64');
      }),
  };
}

const versionOf = (ciphertext: string) => /^vault:(v\d+):/.exec(ciphertext)?.[1] ?? 'v0';

/** A key that is derived for each place takes the one, any other the other; neither minds what it does not need. */
function bound(boundTo: string): { context: string; associated_data: string } {
  const place = Buffer.from(`clawster:${boundTo}`).toString('base64');
  return { context: place, associated_data: place };
}

function reasonOf(error: unknown): KeyTroubleReason {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'denied';
  if (!(error instanceof VaultRefused)) return 'unreachable';
  const said = error.message;
  if (error.status === 403) return 'denied';
  if (error.status === 404 || /key not found|no handler for route/.test(said)) return 'missing';
  if (said.includes('disallowed by policy')) return 'disabled';
  return error.status === 400 ? 'altered' : 'unreachable';
}
