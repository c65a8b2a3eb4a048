'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { kindWord } from './kind-word.ts';
import { Orphans } from './orphans.tsx';

const EngineDialog = lazily(() => import('./engine-dialog.tsx').then((module) => module.EngineDialog));

/** Where bots can run. */
export function TargetListPage() {
  const { data, error, refetch } = useQuery(q(api.targets.list, { limit: 200 }));
  const [isAdding, setIsAdding] = useState(false);
  const forbidden = useWhyForbidden('target:manage');
  const add = (
    <Button icon={<Plus />} whyNot={forbidden} onClick={() => setIsAdding(true)}>
      Add a Docker engine
    </Button>
  );
  const close = () => setIsAdding(false);
  return (
    <Page title="Targets" lead="Where bots run." actions={add}>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <Card flush>
        <ul className="divide-y divide-line">
          {data?.items.map(({ id, name, kind, botCount, health }) => (
            <li key={id} className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 px-4 py-3">
              <div className="min-w-0 flex-1 basis-64">
                <p className="font-medium">{name}</p>
                <p className="text-sm text-muted">
                  {kindWord(kind)} · {count(botCount, 'bot')}
                </p>
              </div>
              <p className="text-sm">
                {health ? (
                  <span className={health.ok ? 'text-ok' : 'text-bad'}>
                    {health.ok ? '✓' : '✕'} {health.message}
                    <span className="whitespace-nowrap text-muted">
                      {' · '}looked at <Time at={health.checkedAt} />
                    </span>
                  </span>
                ) : (
                  <span className="text-off">Not looked at yet</span>
                )}
              </p>
              <Orphans target={{ id, name }} />
            </li>
          ))}
          {data ? null : (
            <li className="flex h-[4.25rem] items-center px-4">
              <Skeleton className="h-4 w-1/2" />
            </li>
          )}
        </ul>
      </Card>
      {isAdding ? <EngineDialog onClose={close} onDone={close} /> : null}
    </Page>
  );
}
