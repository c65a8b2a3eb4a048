import { join } from 'node:path';
import { createClient } from '@clawster/client/client';
import type pg from 'pg';
import { bundle } from '../support/bundle.ts';
import { type Product, startProduct } from '../support/product.ts';
import { serve, type Served } from '../support/served.ts';

/** A fresh product with bots, none of which runs, beside two bare servers. */
export type Measured = Product & {
  bare: Served;
  /** The framework alone, which none of ours can be below. */
  nest: Served;
  botIds: string[];
};

export async function startMeasured(bots: number): Promise<Measured> {
  const at = (file: string) => join(import.meta.dirname, file);
  const bare = await serve(await bundle(at('bare.ts')));
  const nest = await serve(await bundle(at('nest.ts')));
  const env = {
    // Registered as in production; nothing is asked of it.
    CLAWSTER_DASHBOARD_URL: 'http://127.0.0.1:9',
    // The loops' own work is not a request's.
    CLAWSTER_ROLES: 'http',
  };
  const product = await startProduct({ entry: at('product.ts'), env, connections: bots });
  const botIds = await makeBots(product, bots);
  await tellReady(product.database);
  return {
    ...product,
    bare,
    nest,
    botIds,
    async [Symbol.asyncDispose]() {
      await Promise.all([product[Symbol.asyncDispose](), bare.stop(), nest.stop()]);
    },
  };
}

async function makeBots({ server, cookie }: Product, count: number): Promise<string[]> {
  const client = createClient({ baseUrl: server.url.origin, headers: { cookie } });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1)
    ids.push((await client.bots.create({ name: `bot-${index}`, start: false })).id);
  return ids;
}

/** Gives every bot the status of one that is ready: what a read has to carry in earnest. */
async function tellReady(database: pg.Pool): Promise<void> {
  const at = new Date().toISOString();
  const status = {
    reason: 'The model answered "OK" after 1.2 s',
    since: at,
    observedGeneration: 1,
    memoryBytes: 812_000_000,
    evidence: ['target', 'supervisor', 'gateway', 'model'].map((source) => ({
      source,
      ok: true,
      text: `The ${source} was seen to work`,
      at,
    })),
    steps: ['runtime', 'supervisor', 'link', 'gateway', 'model'].map((name) => ({
      name,
      label: `The step ${name}`,
      state: 'done',
      startedAt: at,
      endedAt: at,
    })),
  };
  await database.query("update bot set phase = 'ready', status = $1", [status]);
}
