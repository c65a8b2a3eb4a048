import { join } from 'node:path';
import { createIdentity, type Identity } from '../../apps/server/src/seed/stand-in-supervisor.ts';
import { type Product, startProduct } from '../support/product.ts';
import { insertBots } from './insert-bots.ts';

/** The built server with bots that were ready once, and may dial in: all with the same key. */
export type Fleet = Product & { botIds: string[]; identity: Identity };

export async function startFleet(
  bots: number,
  env: Record<string, string>,
  entry = join(import.meta.dirname, 'server.ts'),
): Promise<Fleet> {
  const product = await startProduct({ entry, env, connections: 20 });
  const identity = createIdentity();
  const botIds = await insertBots(product.database, { count: bots, publicKey: identity.publicKey });
  return Object.assign(product, { identity, botIds });
}
