'use client';

import { api } from '@clawster/contract/api';
import type { Rotation, RotationPhase } from '@clawster/contract/rotation';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { Warning } from '../../ui/warning.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { waveRows } from './wave-rows.ts';
import { Waves } from './waves.tsx';

/** That one bot was given the value is no event. */
const lookAgainMs = 1_000;
const botsMax = 200;

const looks: Record<RotationPhase, Look> = {
  running: { word: 'Goes on', tone: 'warn', shape: 'ring', moving: true },
  halted: { word: 'Halted', tone: 'bad', shape: 'triangle' },
  done: { word: 'Done', tone: 'ok', shape: 'disc' },
  undone: { word: 'Undone', tone: 'off', shape: 'square' },
};

/** The rotation of a secret that goes on, or else its last one; nothing where there was none. */
export function RotationCard({ secretId }: { secretId: string }) {
  const { data } = useQuery({
    ...q(api.rotations.list, { secretId, limit: 1 }),
    refetchInterval: ({ state }) => (state.data?.items[0]?.phase === 'running' ? lookAgainMs : false),
  });
  const rotation = data?.items[0];
  return rotation ? <Known key={rotation.id} rotation={rotation} /> : null;
}

function Known({ rotation }: { rotation: Rotation }) {
  const { id: rotationId, phase, reason, fromVersion, toVersion, author, startedAt, endedAt } = rotation;
  const { data: bots } = useQuery({
    ...q(api.rotations.bots, { rotationId, limit: botsMax }),
    refetchInterval: phase === 'running' ? lookAgainMs : false,
  });
  return (
    <Card title={endedAt ? 'Last rotation' : 'Rotation'} actions={<StateWord look={looks[phase]} pill />}>
      <div className="space-y-3">
        <p role="status">{reason || 'It is about to begin'}</p>
        <p className="text-sm text-muted">
          From version {fromVersion} to {toVersion}, begun by {author} <Time at={startedAt} />
          {endedAt ? (
            <>
              , over <Time at={endedAt} />
            </>
          ) : null}
          .
        </p>
        <Former rotation={rotation} />
        {bots && bots.total > 0 ? <Waves rows={waveRows(rotation, bots.items)} /> : null}
        {bots && bots.total > botsMax ? (
          <p className="text-sm text-muted">
            Counted are {botsMax} of {count(bots.total, 'bot')}, those that are stuck first.
          </p>
        ) : null}
        {endedAt ? null : <WaysOn rotation={rotation} />}
      </div>
    </Card>
  );
}

/** Whether the value that was replaced is dead: what Clawster destroys, the service may take all the same. */
function Former({ rotation: { former } }: { rotation: Rotation }) {
  if (!former) return null;
  if (former.dead) return <StateWord look={{ word: former.text, tone: 'ok', shape: 'disc' }} />;
  return <Warning>{former.text}.</Warning>;
}

type Way = 'retry' | 'set-aside' | 'undo';

function WaysOn({ rotation: { id: rotationId, phase } }: { rotation: Rotation }) {
  const queryClient = useQueryClient();
  const forbidden = useWhyForbidden('secret:manage');
  const go = useMutation({
    mutationFn: (way: Way) =>
      way === 'undo' ? client.rotations.undo({ rotationId }) : client.rotations.resume({ rotationId, stuck: way }),
    onSettled: () =>
      Promise.all(['rotations', 'secrets'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] }))),
  });
  const button = (way: Way, text: string) => (
    <Button
      look={way === 'retry' ? 'primary' : way === 'undo' ? 'danger' : 'plain'}
      busy={go.isPending && go.variables === way}
      whyNot={forbidden}
      onClick={() => go.mutate(way)}
    >
      {text}
    </Button>
  );
  return (
    <>
      <FormProblem message={go.error ? sentenceOf(go.error) : undefined} />
      <div className="flex flex-wrap gap-2">
        {phase === 'halted' ? button('retry', 'Try again') : null}
        {phase === 'halted' ? button('set-aside', 'Go on without them') : null}
        {button('undo', 'Undo')}
      </div>
    </>
  );
}
