import { api } from '@clawster/contract/api';
import type { WrappingKey } from '@clawster/contract/key';
import { sql } from 'kysely';
import { query, systemQuery } from '../query.ts';
import type { HeldKey } from '../secret/key-wrapper.ts';
import type { Tx } from '../transaction.ts';
import { withLeft } from './get-key-job.ts';
import { lastJobs } from './key-job.queries.ts';
import { countUnderRetired } from './retired-keys.ts';

/** The keys of the installation with what is under each, and what the workspace has done to its own. */
export const listKeys = query(api.keys.list, async ({ tx, caller, plane }) => {
  const under = await systemQuery(plane, countUnderKeys);
  const held = await plane.keys.look();
  const jobs = [];
  for (const row of await lastJobs(tx)) jobs.push(await withLeft(tx, plane, row));
  return { items: wrappingKeys(held, under), retired: await countUnderRetired(tx, caller.workspaceId), jobs };
});

type Under = { kekId: string; dataKeys: number; secrets: number };

/** Of the whole installation, as a key is of all its workspaces; only numbers leave it. */
async function countUnderKeys(tx: Tx): Promise<Under[]> {
  const { rows } = await sql<Under>`
    select kek_id as "kekId", count(*)::int as "dataKeys", sum(secrets)::int as secrets from (
      select data_key.kek_id, (select count(*) from secret where secret.workspace_id = data_key.workspace_id
        and secret.kek_id = coalesce(data_key.name, data_key.kek_id)) as secrets from data_key
      union all
      select installation_key.kek_id, (select count(*) from totp where purpose = 'second-factor'
        and totp.kek_id = coalesce(installation_key.name, installation_key.kek_id)) from installation_key
    ) wrapped group by kek_id order by kek_id`.execute(tx);
  return rows;
}

function wrappingKeys(held: HeldKey[], under: Under[]): WrappingKey[] {
  const counted = new Map(under.map((one) => [one.kekId, one]));
  const ids = new Set([...held.map(({ id }) => id), ...counted.keys()]);
  const found = [...ids].map((id) => wrappingKey(id, held, counted.get(id)));
  return found.toSorted((one, other) => uses.indexOf(one.use) - uses.indexOf(other.use));
}

const uses = ['current', 'former', 'missing'];

function wrappingKey(id: string, held: HeldKey[], under: Under | undefined): WrappingKey {
  const { dataKeys = 0, secrets = 0 } = under ?? {};
  const holder = held.find((one) => one.id === id || one.holds(id));
  if (!holder) return { id, use: 'missing', dataKeys, secrets };
  const { kind, isCurrent, lookedAt, trouble } = holder;
  // An earlier version of the current key opens, and wraps no more.
  const use = isCurrent && holder.id === id ? 'current' : 'former';
  return { id, kind, use, dataKeys, secrets, lookedAt: lookedAt.toISOString(), ...(trouble ? { trouble } : {}) };
}
