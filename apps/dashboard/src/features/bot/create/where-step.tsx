'use client';

import { api } from '@clawster/contract/api';
import type { Target } from '@clawster/contract/target';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { count } from '../../../lib/time.ts';
import { Choice } from '../../../ui/choice.tsx';
import { Skeleton, Trouble } from '../../../ui/page.tsx';
import { kindWord } from '../../target/kind-word.ts';
import type { Draft } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';

type WhereStepProps = { draft: Draft; change: (part: Partial<Draft>) => void; onNext: () => void };

export function WhereStep({ draft, change, onNext }: WhereStepProps) {
  const { data, error, isPending, refetch } = useQuery(q(api.targets.list, { limit: 200 }));
  const targets = data?.items;
  const chosen = draft.targetId ?? usualOf(targets ?? [])?.id;
  const target = targets?.find(({ id }) => id === chosen);
  return (
    <>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <div role="radiogroup" aria-label="Target" className="space-y-2">
        {targets?.map(({ id, name, kind, botCount, health }) => (
          <Choice
            key={id}
            name="target"
            value={id}
            checked={id === chosen}
            onChoose={() => change({ targetId: id })}
            title={name}
            aside={count(botCount, 'bot')}
          >
            {kindWord(kind)}
            {health ? `. ${health.message}` : ''}
          </Choice>
        )) ?? <Skeleton className="h-[4.1rem] w-full" />}
      </div>
      {isPending ? null : (
        <StepButtons
          onNext={() => {
            if (chosen) change({ targetId: chosen });
            onNext();
          }}
          whyNot={target && whyNotTarget(target)}
        />
      )}
    </>
  );
}

/** This machine, where there is one. */
function usualOf(targets: Target[]): Target | undefined {
  return targets.find(({ kind }) => kind === 'process') ?? targets[0];
}

function whyNotTarget({ health }: Target): string | undefined {
  return health && !health.ok ? health.message : undefined;
}
