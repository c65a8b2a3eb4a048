import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { getScan as readOne, selectScans, toScan } from './scan.queries.ts';

/** Scans, the latest first. */
export const listScans = query(api.scans.list, ({ tx }, page) =>
  paged(page, async ({ offset, limit }) => {
    const { total } = await tx
      .selectFrom('scan')
      .where(isVisible('scan'))
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    const rows = await selectScans(tx).orderBy('askedAt', 'desc').orderBy('id').offset(offset).limit(limit).execute();
    return { items: rows.map(toScan), total };
  }),
);

export const getScan = query(api.scans.get, ({ tx }, { scanId }) => readOne(tx, scanId));
