import { api } from '@clawster/contract/api';
import type { DelegationDetail, DelegationState } from '@clawster/contract/delegation';
import { Artefact } from '@clawster/contract/delegation';
import type { Actor } from '@clawster/contract/event';
import { Rights } from '@clawster/contract/team';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import { isVisible } from '../is-visible.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import type { Shared } from './held-item.ts';
import { selectDelegations, toDelegation } from './to-delegation.ts';

export const getDelegation = query(api.delegations.get, ({ tx, caller }, { delegationId }) =>
  readDelegation(tx, caller, delegationId),
);

/** A delegation with each of its steps; what was written of it only for those who may read conversations. */
export async function readDelegation(tx: Tx, caller: SignedIn, id: string): Promise<DelegationDetail> {
  const row = await selectDelegations(tx)
    .where('delegation.id', '=', id)
    .where(isVisible('delegation'))
    .executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such task');
  const isRead = caller.permissions.has('conversation:read');
  const children = await selectDelegations(tx).where('parentId', '=', id).orderBy('requestedAt').execute();
  const { progress, ...told } = toDelegation(row);
  return {
    ...told,
    ...(isRead && progress ? { progress } : {}),
    ...(isRead ? { text: row.text } : {}),
    ...(isRead && row.result !== null ? { result: row.result } : {}),
    artefacts: isRead ? Artefact.array().parse(row.artefacts) : [],
    rights: Rights.parse(row.rights),
    shared: (row.shared as Shared[]).map(({ key, version }) => ({ key, version })),
    steps: await readSteps(tx, id),
    children: children.map(toDelegation),
  };
}

type StepDetail = { to: DelegationState; why?: string; by?: string };

async function readSteps(tx: Tx, id: string): Promise<DelegationDetail['steps']> {
  const rows = await tx
    .selectFrom('event')
    .select(['at', 'actor', 'detail'])
    .where('subjectId', '=', id)
    .where('type', '=', 'delegation-phase-changed')
    .orderBy('id')
    .execute();
  return rows.map(({ at, actor, detail }) => {
    const { to, why = '', by } = detail as StepDetail;
    return { at: at.toISOString(), state: to, why, by: by ?? nameOf(actor as Actor) };
  });
}

function nameOf(actor: Actor): string {
  return 'name' in actor ? actor.name : 'Clawster';
}
