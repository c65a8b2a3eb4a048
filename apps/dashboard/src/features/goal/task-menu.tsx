'use client';

import type { Task } from '@clawster/contract/goal';
import { Ban, CircleCheck, Pencil, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { useChange } from '../../lib/use-change.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { isTaskOver } from './goal-looks.ts';

const TaskDialog = lazily(() => import('./task-dialog.tsx').then((module) => module.TaskDialog));
const FinishDialog = lazily(() => import('./finish-dialog.tsx').then((module) => module.FinishDialog));

/** What can be done with a task as it is. */
export function TaskMenu({ task }: { task: Task }) {
  const { id: taskId, title, state } = task;
  const [asked, setAsked] = useState<'change' | 'finish'>();
  const forbidden = useWhyForbidden('team:direct');
  const nouns = ['goals', 'delegations', 'inbox'] as const;
  const retry = useChange({
    call: () => client.goals.retryTask({ taskId }),
    nouns,
    said: () => `${title} begins anew.`,
    tellsTrouble: true,
  });
  const cancel = useChange({
    call: () => client.goals.cancelTask({ taskId }),
    nouns,
    said: () => `${title} is left out.`,
    tellsTrouble: true,
  });
  const over = isTaskOver(state) ? 'It is over' : undefined;
  const close = () => setAsked(undefined);
  return (
    <>
      <Menu label="Manage">
        <MenuItem
          icon={<Pencil />}
          title="Change"
          hint="What is to be done, by whom and when"
          whyNot={forbidden ?? over ?? (state === 'open' ? 'A bot works at it' : undefined)}
          onChoose={() => setAsked('change')}
        />
        <MenuItem
          icon={<RotateCcw />}
          title="Begin anew"
          hint="What failed or is blocked is tried once more"
          whyNot={forbidden ?? (state === 'failed' || state === 'blocked' ? undefined : 'It has not failed')}
          onChoose={() => retry.mutate()}
        />
        <MenuItem
          icon={<CircleCheck />}
          title="Take it as done"
          hint="With what came of it"
          whyNot={forbidden ?? over}
          onChoose={() => setAsked('finish')}
        />
        <MenuSeparator />
        <MenuItem
          icon={<Ban />}
          title="Leave it out"
          hint="What waits for it waits no more"
          danger
          whyNot={forbidden ?? over}
          onChoose={() => cancel.mutate()}
        />
      </Menu>
      {asked === 'change' ? <TaskDialog task={task} onClose={close} /> : null}
      {asked === 'finish' ? <FinishDialog task={task} onClose={close} /> : null}
    </>
  );
}
