import type { Operation } from '@clawster/contract/operation';
import { stepText } from './bot-text.ts';
import { ago, type Output, table } from './output.ts';

export function operationTable(operations: Operation[]): string {
  return table(
    ['id', 'kind', 'bot', 'phase', 'began', 'reason'],
    operations.map(({ id, kind, botName, phase, createdAt, reason }) => [
      id,
      kind,
      botName,
      phase,
      `${ago(createdAt)} ago`,
      reason,
    ]),
    'Nothing is being backed up, restored, moved or cloned. Begin: clawster backup create <bot>',
  );
}

export function operationDetails(operation: Operation, out: Output): string {
  const { kind, botName, phase, reason, steps, id, whyNotCancel } = operation;
  return [
    `${out.colour('bold', `${kind} of ${botName}`)}  ${phase}`,
    `  ${reason}`,
    ...steps.map((step) => stepText(step, out)),
    ...(whyNotCancel ? [] : [`  Cancel it: clawster operation cancel ${id}`]),
  ].join('\n');
}

/** What to say of an operation that was just begun, or waited for. */
export function operationSentence({ kind, botName, phase, reason, id }: Operation): string {
  if (phase === 'pending' || phase === 'running')
    return `The ${kind} of ${botName} is on its way. Follow it: clawster operation show ${id}`;
  return `The ${kind} of ${botName} is ${phase}: ${reason}.`;
}
