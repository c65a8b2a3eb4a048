import { setTimeout as sleep } from 'node:timers/promises';
import { sessionKind, taskSession } from '@clawster/domain/delegation/session';
import { Rights } from '@clawster/contract/team';
import type { Delivery } from '@clawster/link/team';
import { keep } from '../change.ts';
import { sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { asRead } from '../team/material.ts';
import { teamToolsOf } from '@clawster/domain/team/team-tools';
import type { Tx } from '../transaction.ts';
import { changeDelegation, job } from './change-delegation.ts';
import type { Shared } from './held-item.ts';
import type { DelegationRow } from './delegation-row.ts';
import { stepDelegation } from './step-delegation.ts';
import { isUp } from './team.queries.ts';

/** A host that has not written it down by then is asked anew: the same delivery is taken once. */
const deliverMs = 10_000;

/**
 * Gives an attempt to the bot it was assigned to, and remembers that its host has it, after `headStartMs`: a bot that is free
 * begins at once and says so itself, which is one step instead of two. Nothing is given to a bot that is to stand still.
 */
export async function sendDelegation(plane: ControlPlane, row: DelegationRow, headStartMs = 0): Promise<void> {
  if (!row.toBotId) return;
  const role = await keep(plane, (tx) => receiver(tx, row));
  if (!role?.isUp) return;
  await plane.links.request(
    row.toBotId,
    { method: 'delegation.deliver', params: deliveryOf(row, role) },
    { timeoutMs: deliverMs },
  );
  const why = `${row.toName ?? 'The bot'} has it`;
  await sleep(headStartMs);
  // Where its bot was quicker than this, what it told is what counts.
  await changeDelegation(plane, row, (context, now) =>
    stepDelegation(context, now, { happening: { kind: 'deliver' }, why, by: job }),
  );
}

type Role = { isUp: boolean; isLead: boolean; mayDelegate: boolean; leftSeconds: number };

function receiver(tx: Tx, { id, toBotId }: DelegationRow): Promise<Role | undefined> {
  return tx
    .selectFrom('teamMember as member')
    .innerJoin('team', 'team.id', 'member.teamId')
    .innerJoin('bot', 'bot.id', 'member.botId')
    .innerJoin('delegation', (join) => join.on('delegation.id', '=', id).onRef('delegation.teamId', '=', 'team.id'))
    .leftJoin('link', 'link.botId', 'bot.id')
    .where('member.botId', '=', toBotId)
    .where('delegation.endedAt', 'is', null)
    .select([isUp.as('isUp'), 'member.mayDelegate'])
    .select(sql<boolean>`team.lead_id = bot.id`.as('isLead'))
    .select(sql<number>`extract(epoch from deadline_at - now())::float8`.as('leftSeconds'))
    .executeTakeFirst();
}

function deliveryOf(row: DelegationRow, role: Role): Delivery {
  const rights = Rights.parse(row.rights);
  return {
    id: row.id,
    attempt: row.attempt,
    session: taskSession(row.id),
    message: `${asRead(`${row.title}\n\n${row.text}`, row)}${sharedText(row)}`,
    context: contextOf(row),
    tools: rights.tools,
    teamTools: teamToolsOf(role).filter((tool) => tool !== 'delegate' || rights.capabilities.length > 0),
    timeoutSeconds: Math.max(1, Math.round(role.leftSeconds)),
  };
}

function sharedText({ shared }: DelegationRow): string {
  return (shared as Shared[])
    .map(
      ({ key, version, text, untrusted }) =>
        `\n\nFrom the team’s context, ${key} (version ${version}):\n${asRead(text, { untrusted })}`,
    )
    .join('');
}

function contextOf({ id, fromName, attempt, deadlineAt, fromSession }: DelegationRow): string {
  const again = attempt > 1 ? ` This is attempt ${attempt}: look first at what was done before.` : '';
  const where = sessionKind(fromSession ?? undefined).kind === 'task' ? ', as part of a task of theirs' : '';
  return `You work at task ${id} that ${fromName} gave you${where}. Do this task and nothing else, until ${deadlineAt.toISOString()}. Your last answer is the result, unless you hand it in with complete_task.${again}`;
}
