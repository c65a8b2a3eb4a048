'use client';

import { api } from '@clawster/contract/api';
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
  const { data, error, refetch } = useQuery(q(api.targets.list, { limit: 200 }));
  const chosen = draft.targetId ?? (data?.items.find(({ kind }) => kind === 'process') ?? data?.items[0])?.id;
  const target = data?.items.find(({ id }) => id === chosen);
  const unhealthy = target?.health && !target.health.ok ? target.health.message : undefined;
  return (
    <>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <div role="radiogroup" aria-label="Target" className="space-y-2">
        {data?.items.map(({ id, name, kind, botCount, health }) => (
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
      <StepButtons
        onNext={() => {
          if (chosen) change({ targetId: chosen });
          onNext();
        }}
        whyNot={unhealthy}
      />
    </>
  );
}
