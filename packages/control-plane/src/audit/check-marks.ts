import type { AuditFinding } from '@clawster/contract/audit';
import { ForgottenMark } from '@clawster/contract/audit-retention';
import { isMarkSigned } from '@clawster/domain/audit/forgotten';
import type { Tx } from '../transaction.ts';
import type { AuditKey } from './audit-key.ts';
import { findSeal } from './audit.queries.ts';

/** One a day, and the older go with what they mark. */
const marksMax = 20_000;

/** Up to which seal events may be gone, by the marks that are there; and the marks that this installation did not make. */
export async function checkMarks(tx: Tx, workspaceId: string, key: AuditKey | undefined) {
  const rows = await tx
    .selectFrom('event')
    .select(['id', 'detail'])
    .where('workspaceId', '=', workspaceId)
    .where('type', '=', 'audit-events-forgotten')
    .orderBy('id', 'desc')
    .limit(marksMax)
    .execute();
  const findings: AuditFinding[] = [];
  let forgottenNumber = 0;
  for (const { id, detail } of rows) {
    const mark = ForgottenMark.safeParse(detail).data;
    const isSigned = mark && (!key || isMarkSigned(mark, workspaceId, key));
    // The newest is about all before it: of the older ones nothing more is to be known.
    const isKnown = mark && mark.number <= forgottenNumber;
    if (isSigned && (isKnown || (await isOfChain(tx, workspaceId, mark))))
      forgottenNumber = Math.max(forgottenNumber, mark.number);
    else findings.push(forged(id));
  }
  return { forgottenNumber, findings };
}

async function isOfChain(tx: Tx, workspaceId: string, { number, hash }: ForgottenMark): Promise<boolean> {
  return (await findSeal(tx, workspaceId, number))?.hash === hash;
}

function forged(event: number): AuditFinding {
  const sentence = `Event ${event} says that older events were deleted after their time, but this installation did not sign that`;
  return { kind: 'mark-forged', event, sentence };
}
