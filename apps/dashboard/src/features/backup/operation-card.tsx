'use client';

import type { Operation } from '@clawster/contract/operation';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { StepList } from '../bot/step-list.tsx';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';
import { useCancel, useOperation } from './use-operation.ts';

const titles: Record<Operation['kind'], string> = {
  backup: 'Backing up',
  restore: 'Restoring from a backup',
  move: 'Moving to another target',
  clone: 'Taking over the memory of another bot',
  adoption: 'Taking over its state from another Clawster',
};

/** What is being done with the bot's state, on its page whatever tab is open; nothing while there is nothing. */
export function RunningOperation({ botId }: { botId: string }) {
  const operation = useOperation(botId);
  if (!operation) return null;
  return (
    <div className="max-h-[45vh] shrink-0 overflow-y-auto px-4 pb-3 sm:px-6" aria-live="polite">
      <OperationCard operation={operation} />
    </div>
  );
}

/** The steps of an operation, and the button that ends it while that is safe. */
function OperationCard({ operation }: { operation: Operation }) {
  const { id, kind, phase, reason, steps, targetName, whyNotCancel, cancelAsked, nextTryAt, endedAt } = operation;
  const cancel = useCancel();
  const forbidden = whyNowhere(useIdentity(), 'bot:operate');
  const title = `${titles[kind]}${targetName ? `: ${targetName}` : ''}`;
  if (endedAt)
    return (
      <Card title={title}>
        <p className={phase === 'failed' ? 'text-bad' : 'text-muted'}>{reason}</p>
      </Card>
    );
  return (
    <Card
      title={title}
      actions={
        <Button
          look="quiet"
          busy={cancel.isPending || cancelAsked}
          whyNot={forbidden ?? whyNotCancel}
          onClick={() => cancel.mutate(id)}
        >
          {cancelAsked ? 'Cancelling' : 'Cancel'}
        </Button>
      }
    >
      <StepList steps={steps} />
      {nextTryAt ? (
        <p className="mt-3 text-sm text-warn">
          This step failed; it is tried again <Time at={nextTryAt} />.
        </p>
      ) : null}
    </Card>
  );
}
