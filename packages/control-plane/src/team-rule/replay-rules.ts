import { api } from '@clawster/contract/api';
import type { TeamRule } from '@clawster/contract/team-rule';
import { Rights } from '@clawster/contract/team';
import type { Candidate } from '@clawster/domain/delegation/candidates';
import { judge, type Judgement } from '@clawster/domain/delegation/judge';
import { sql } from 'kysely';
import type { AskedTeam } from '../delegation/ask.ts';
import type { DelegationRow } from '../delegation/delegation-row.ts';
import { askedTeam, readMembers } from '../delegation/team.queries.ts';
import { query } from '../query.ts';
import type { Origin } from '../team/team-call.ts';
import { refuseWrong } from './write-rules.ts';

/** As many as are looked at in one answer. */
const lookedMax = 1_000;
const textMax = 300;

/** What Clawster itself asks of a lead needs no rule. */
const isClawsters = sql`(from_kind = 'goal' and from_bot_id is null)`;

/** What other rules would have made of what was really asked: with the team, and at the cost, of then as far as they are known. */
export const replayRules = query(api.teamRules.replay, async ({ tx, caller }, { teamId, rules, days }) => {
  refuseWrong(rules);
  const team = await askedTeam(tx, teamId);
  const members = await readMembers(tx, team);
  const { rows } = await sql<DelegationRow & { all: number; was: Judgement['decision'] }>`
    select delegation.*, count(*) over ()::int as "all",
      coalesce((select case detail->>'to' when 'held' then 'hold' when 'refused' then 'refuse' else 'allow' end from event
        where subject_id = delegation.id and type = 'delegation-phase-changed' and detail->>'from' = 'requested' limit 1),
        case state when 'refused' then 'refuse' else 'allow' end) as was
    from delegation where team_id = ${teamId}::uuid and not ${isClawsters} and requested_at > now() - make_interval(days => ${days})
    order by requested_at desc limit ${lookedMax}`.execute(tx);
  const isRead = caller.permissions.has('conversation:read');
  const judged = rows.map((row) => ({ row, judgement: judgeAgain(row, { team, members, rules }) }));
  const changed = judged.filter(({ row, judgement }) => row.was !== judgement.decision);
  const to = new Date();
  return {
    from: new Date(to.getTime() - days * 86_400_000).toISOString(),
    to: to.toISOString(),
    looked: rows.length,
    more: (rows[0]?.all ?? 0) - rows.length,
    same: rows.length - changed.length,
    changed: changed.map(({ row, judgement }) => ({
      delegationId: row.id,
      at: row.requestedAt.toISOString(),
      text: (isRead ? `${row.title}: ${row.text}` : row.title).slice(0, textMax),
      fromName: row.fromName,
      toName: row.toName ?? row.capability ?? '',
      was: row.was,
      wouldBe: judgement.decision,
      why: judgement.why,
    })),
  };
});

type Now = { team: AskedTeam; members: readonly Candidate[]; rules: readonly TeamRule[] };

function judgeAgain(row: DelegationRow, { team, members, rules }: Now): Judgement {
  const origin = row.origin as Origin;
  const from = members.find(({ botId }) => botId === row.fromBotId);
  const isPerson = row.fromKind === 'person';
  return judge({
    wanted: row.capability ? { capability: row.capability } : { botId: row.toBotId ?? '' },
    facts: {
      from: isPerson
        ? { name: row.fromName, is: 'person' }
        : { name: from?.name ?? row.fromName, is: from?.isLead ? 'lead' : 'member' },
      text: `${row.title}\n${row.text}`,
      channel: origin.channel ?? origin.kind,
      untrusted: row.untrusted,
      at: row.requestedAt,
      ...(row.taskType ? { taskType: row.taskType } : {}),
    },
    rights: Rights.parse(origin.rights),
    fromBotId: row.fromBotId ?? undefined,
    chain: [],
    members,
    counts: { hops: row.hops, openOfTeam: 0, openOfAsker: 0, spentUsd: 0 },
    limits: team.limits,
    rules,
  });
}
