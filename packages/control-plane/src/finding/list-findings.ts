import { api } from '@clawster/contract/api';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import { getFinding as readOne, gravestFirst, selectFindings, toFinding } from './finding.queries.ts';

const inState = {
  open: sql<boolean>`finding.fixed_at is null and finding.dismissed is null`,
  fixed: sql<boolean>`finding.fixed_at is not null`,
  dismissed: sql<boolean>`finding.fixed_at is null and finding.dismissed is not null`,
  all: sql<boolean>`true`,
};

/** Findings in a state, those of values in use first, then the latest. */
export const listFindings = query(api.findings.list, ({ tx, caller }, { state, secretId, botId, place, ...page }) =>
  paged(page, async ({ offset, limit }) => {
    const which = sql<boolean>`finding.workspace_id = ${caller.workspaceId} and ${inState[state]}
      and (${secretId ?? null}::uuid is null or finding.secret_id = ${secretId ?? null}::uuid)
      and (${botId ?? null}::uuid is null or finding.bot_id = ${botId ?? null}::uuid)
      and (${place ?? null}::text is null or finding.place_kind = ${place ?? null}::text)`;
    const { total } = await tx
      .selectFrom('finding')
      .where(which)
      .select(sql<number>`count(*)::int`.as('total'))
      .executeTakeFirstOrThrow();
    const rows = await selectFindings(tx)
      .where(which)
      .orderBy(gravestFirst)
      .orderBy('finding.firstSeenAt', 'desc')
      .orderBy('finding.id')
      .offset(offset)
      .limit(limit)
      .execute();
    return { items: rows.map(toFinding), total };
  }),
);

export const getFinding = query(api.findings.get, ({ tx }, { findingId }) => readOne(tx, findingId));
