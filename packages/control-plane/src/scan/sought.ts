import { randomBytes } from 'node:crypto';
import { secretLabel } from '@clawster/domain/scan/secret-label';
import { fingerprintsOf, isTooShort, type SecretFingerprint } from '@clawster/link/secret-fingerprint';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { type OpenSecret, readAllSecrets } from '../secret/read-secret.ts';
import type { Tx } from '../transaction.ts';

/** What is known of a sought value but itself; `id` stands for it in fingerprints. */
export type SoughtName = { id: string; version: number; name: string; secretId?: string };

/** What one scan looks for: a salt of its own, the fingerprints to it, and what each of them is of. */
export type Sought = {
  salt: string;
  fingerprints: SecretFingerprint[];
  names: ReadonlyMap<string, SoughtName>;
  /** Names of those that are too short to be looked for as they are. */
  tooShort: string[];
};

/** Makes fingerprints of every value the workspace keeps; the values themselves are let go at once. */
export async function readSought(plane: Pick<ControlPlane, 'db' | 'keys'>, workspaceId: string): Promise<Sought> {
  const salt = randomBytes(32).toString('base64url');
  const { secrets, nameOf } = await readAs(plane, { workspaceId }, async (tx) => {
    const nameOf = await namesIn(tx);
    return { nameOf, secrets: await readAllSecrets(tx, plane.keys, workspaceId) };
  });
  const names = new Map<string, SoughtName>();
  const tooShort: string[] = [];
  const fingerprints = secrets.flatMap((secret) => {
    const named = nameOf(secret);
    names.set(named.id, named);
    if (isTooShort(secret.value)) tooShort.push(named.name);
    return fingerprintsOf(salt, { secretId: named.id, version: named.version, value: secret.value });
  });
  return { salt, fingerprints, names, tooShort };
}

/** By a secret's envelope what it is called: by its name, or by what it is of. */
async function namesIn(tx: Tx): Promise<(secret: OpenSecret) => SoughtName> {
  const versions = await tx
    .selectFrom('namedSecretVersion')
    .innerJoin('namedSecret', 'namedSecret.id', 'namedSecretVersion.secretId')
    .select(['sealedId', 'namedSecretVersion.version', 'namedSecret.id as secretId', 'namedSecret.name'])
    .where('sealedId', 'is not', null)
    .execute();
  const bots = await tx.selectFrom('bot').select(['id', 'name']).execute();
  const bySealed = new Map(versions.map((version) => [version.sealedId, version]));
  const botNames = new Map(bots.map(({ id, name }) => [id, name]));
  return ({ sealedId, ownerKind, ownerId, version }) => {
    const named = bySealed.get(sealedId);
    return named
      ? { id: sealedId, version: named.version, name: named.name, secretId: named.secretId }
      : { id: sealedId, version, name: secretLabel(ownerKind, botNames.get(ownerId)) };
  };
}
