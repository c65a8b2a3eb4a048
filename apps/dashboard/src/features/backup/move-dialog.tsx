'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { useBegin } from './use-operation.ts';

/** Asks where to, and says what happens meanwhile. */
export function MoveDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const [targetId, setTargetId] = useState<string>();
  const { data } = useQuery(q(api.targets.list, { limit: 200 }));
  const others = data?.items.filter(({ id }) => id !== bot.targetId);
  const move = useBegin((to: string) => client.bots.move({ botId: bot.id, targetId: to }), onClose);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Move ${bot.name}`}
      lead={`It stops, takes its state along, and starts there. It is removed from ${bot.targetName} once it is ready on the other target.`}
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (targetId) move.mutate(targetId);
        }}
      >
        {others ? null : <Skeleton className="h-16" />}
        {others?.length === 0 ? <p className="text-muted">There is no other target to move it to.</p> : null}
        <div role="radiogroup" aria-label="Target" className="space-y-2">
          {others?.map(({ id, name, health }) => (
            <Choice
              key={id}
              name="target"
              value={id}
              checked={id === targetId}
              onChoose={() => setTargetId(id)}
              title={name}
              disabled={health?.ok === false}
            >
              {health?.message}
            </Choice>
          ))}
        </div>
        <FormProblem message={move.error ? sentenceOf(move.error) : undefined} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it there</Button>
          <Button
            type="submit"
            look="primary"
            busy={move.isPending}
            whyNot={targetId ? undefined : 'Choose a target first'}
          >
            Move
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
