import { Refusal } from '@clawster/domain/refusal';
import type * as client from 'openid-client';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readSecret } from '../secret/read-secret.ts';
import { connectProvider } from './connect-provider.ts';
import { secretPlace, type StoredProvider } from './provider.queries.ts';
import { sentenceForProvider } from './provider-sentence.ts';

/** So long what a provider told of itself is taken for true; who signs in is not to wait for it each time. */
const keptMs = 5 * 60_000;

type Kept = { updatedAt: string; until: number; configuration: Promise<client.Configuration> };
const keptByPlane = new WeakMap<ControlPlane['db'], Map<string, Kept>>();

/** The workspace's provider, ready to be asked; refused in a sentence when it cannot be. */
export async function connectedProvider(plane: ControlPlane, stored: StoredProvider): Promise<client.Configuration> {
  const { id, updatedAt, name, issuer } = stored.provider;
  const kept = keptOf(plane);
  const now = performance.now();
  let entry = kept.get(id);
  if (!entry || entry.updatedAt !== updatedAt || entry.until < now) {
    entry = { updatedAt, until: now + keptMs, configuration: connect(plane, stored) };
    kept.set(id, entry);
  }
  try {
    return await entry.configuration;
  } catch (cause) {
    if (kept.get(id) === entry) kept.delete(id);
    throw new Refusal('unavailable', `${name} cannot be asked right now. ${sentenceForProvider(cause, issuer)}`, {
      cause,
    });
  }
}

async function connect(plane: ControlPlane, { workspaceId, provider }: StoredProvider): Promise<client.Configuration> {
  const secret = await readAs(plane, { workspaceId }, (tx) =>
    readSecret(tx, plane.keys, secretPlace(workspaceId, provider.id)),
  );
  return connectProvider(plane, { ...provider, clientSecret: secret ?? '' });
}

function keptOf({ db }: ControlPlane): Map<string, Kept> {
  let kept = keptByPlane.get(db);
  if (!kept) keptByPlane.set(db, (kept = new Map()));
  return kept;
}
