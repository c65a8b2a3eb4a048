'use client';

import type { GoalDetail } from '@clawster/contract/goal';
import type { TeamDetail } from '@clawster/contract/team';
import { Ban, CalendarCog, ChartGantt, CircleCheck, CirclePause, CirclePlay, Pencil, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { useChange } from '../../lib/use-change.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { isGoalOver } from './goal-looks.ts';

const GoalDialog = lazily(() => import('./goal-dialog.tsx').then((module) => module.GoalDialog));

const verbs = {
  pause: 'Nothing new is begun for it.',
  resume: 'It goes on.',
  replan: 'The lead is asked for another plan.',
  finish: 'It is taken as reached.',
  cancel: 'It is given up, and all that was open for it is cancelled.',
};
type Verb = keyof typeof verbs;
type ActionsProps = { goal: GoalDetail; team: TeamDetail; onEdit: () => void };

/** What can be done with a goal as it is. */
export function GoalActions({ goal, team, onEdit }: ActionsProps) {
  const { id: goalId, state, traceId, title } = goal;
  const [asked, setAsked] = useState<'change' | 'cancel'>();
  const forbidden = useWhyForbidden('team:direct');
  const close = () => setAsked(undefined);
  const act = useChange<GoalDetail, Verb>({
    call: (verb) => client.goals[verb]({ goalId }),
    nouns: ['goals', 'teams', 'delegations'],
    said: (_, verb) =>
      verb === 'pause' ? [verbs.pause, { label: 'Go on', onClick: () => act.mutate('resume') }] : verbs[verb],
    onDone: close,
    tellsTrouble: true,
  });
  return (
    <div className="flex flex-wrap gap-2">
      <MainAction goal={goal} forbidden={forbidden} act={act.mutate} />
      <ButtonLink icon={<ChartGantt />} href={paths.trace(traceId)}>
        Open its trace
      </ButtonLink>
      {isGoalOver(state) ? null : (
        <Menu label="Manage">
          <MenuItem
            icon={<Pencil />}
            title="Change"
            hint="Title, text, measure and date"
            whyNot={forbidden}
            onChoose={() => setAsked('change')}
          />
          <MenuItem
            icon={<CalendarCog />}
            title="Write the plan"
            hint="Milestones and tasks; what has begun stays"
            whyNot={forbidden ?? (goal.proposed ? 'A plan waits below: edit that one' : undefined)}
            onChoose={onEdit}
          />
          <MenuItem
            icon={<RotateCcw />}
            title="Ask for another plan"
            hint="What is under way goes on"
            whyNot={forbidden}
            onChoose={() => act.mutate('replan')}
          />
          <MenuItem
            icon={<CircleCheck />}
            title="Take it as reached"
            hint="Whatever its tasks say"
            whyNot={forbidden}
            onChoose={() => act.mutate('finish')}
          />
          <MenuSeparator />
          <MenuItem
            icon={<Ban />}
            title="Give it up"
            hint="All that is open for it is cancelled"
            danger
            whyNot={forbidden}
            onChoose={() => setAsked('cancel')}
          />
        </Menu>
      )}
      {asked === 'change' ? (
        <GoalDialog teamId={team.id} leadName={team.lead.botName} goal={goal} onClose={close} />
      ) : null}
      {asked === 'cancel' ? (
        <DeleteDialog
          title={`Give up ${title}`}
          lead="All that is open for it is cancelled, turns that run are ended. What is done stays."
          verb="Give it up"
          remove={{ mutate: () => act.mutate('cancel'), isPending: act.isPending, error: act.error }}
          onClose={close}
        />
      ) : null}
    </div>
  );
}

type MainProps = { goal: GoalDetail; forbidden: string | undefined; act: (verb: Verb) => void };

function MainAction({ goal: { state }, forbidden, act }: MainProps) {
  if (state === 'active')
    return (
      <Button icon={<CirclePause />} whyNot={forbidden} onClick={() => act('pause')}>
        Pause
      </Button>
    );
  if (state !== 'paused') return null;
  return (
    <Button look="primary" icon={<CirclePlay />} whyNot={forbidden} onClick={() => act('resume')}>
      Go on
    </Button>
  );
}
