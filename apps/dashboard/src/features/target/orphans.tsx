'use client';

import { api } from '@clawster/contract/api';
import type { Orphan } from '@clawster/contract/orphan';
import type { Target } from '@clawster/contract/target';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

const AdoptDialog = lazily(() => import('./adopt-dialog.tsx').then((module) => module.AdoptDialog));
const DestroyOrphanDialog = lazily(() =>
  import('./destroy-orphan-dialog.tsx').then((module) => module.DestroyOrphanDialog),
);

type Asked = { orphan: Orphan; what: 'adopt' | 'destroy' };

/** What lies on a target and nobody knows: bots this Clawster lost, and to owners those of another one. */
export function Orphans({ target }: { target: Pick<Target, 'id' | 'name'> }) {
  const { data } = useQuery(q(api.orphans.list, { targetId: target.id, limit: 200 }));
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  const ask = (what: Asked['what']) => (orphan: Orphan) => setAsked({ orphan, what });
  const own = data?.items.filter(({ installation }) => installation === undefined) ?? [];
  const theirs = data?.items.filter(({ installation }) => installation !== undefined) ?? [];
  const actions = { onAdopt: ask('adopt'), onDestroy: ask('destroy') };
  return (
    <>
      {own.length > 0 ? (
        <Group orphans={own} summary={`${count(own.length, 'bot')} here that this Clawster does not know`} {...actions}>
          Made after the backup this Clawster was restored from, or left by a lost database. What you adopt keeps its
          conversations and files, and is stopped until you start it.
        </Group>
      ) : null}
      {theirs.length > 0 ? (
        <Group orphans={theirs} summary={`${count(theirs.length, 'bot')} here of another Clawster`} {...actions}>
          If that Clawster is at work, leave its bots to it. If it is gone for good, they can be adopted: what they know
          is copied.
        </Group>
      ) : null}
      {asked?.what === 'adopt' ? <AdoptDialog orphan={asked.orphan} onClose={close} /> : null}
      {asked?.what === 'destroy' ? (
        <DestroyOrphanDialog orphan={asked.orphan} place={target.name} onClose={close} />
      ) : null}
    </>
  );
}

type RowActions = { onAdopt: (orphan: Orphan) => void; onDestroy: (orphan: Orphan) => void };
type GroupProps = RowActions & { orphans: Orphan[]; summary: string; children: string };

function Group({ orphans, summary, children, ...actions }: GroupProps) {
  return (
    <details className="basis-full pb-1 text-sm">
      <summary className="cursor-pointer text-warn">{summary}</summary>
      <p className="mt-1 text-muted">{children}</p>
      <ul className="mt-1 divide-y divide-line">
        {orphans.map((orphan) => (
          <OrphanRow key={orphan.id} orphan={orphan} {...actions} />
        ))}
      </ul>
    </details>
  );
}

function OrphanRow({ orphan, onAdopt, onDestroy }: RowActions & { orphan: Orphan }) {
  const { botId, name, runs, since, installation, isDoomed, trouble } = orphan;
  const forbidden = useWhyForbidden('target:manage');
  const whyNot = isDoomed ? 'It is being destroyed' : forbidden;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="break-words">
          <bdi className="font-medium">{name}</bdi>
          <span className="text-muted">
            {' · '}
            {runs ? 'runs' : 'does not run'}
            {since ? (
              <>
                {' · here since '}
                <Time at={since} />
              </>
            ) : null}
          </span>
        </p>
        <code className="font-mono text-xs break-all text-faint">
          {botId}
          {installation === undefined ? '' : ` of ${installation}`}
        </code>
        {isDoomed ? <p className="text-warn">{trouble ?? 'It is being destroyed.'}</p> : null}
      </div>
      <Button whyNot={whyNot} aria-label={`Adopt ${name}`} onClick={() => onAdopt(orphan)}>
        Adopt
      </Button>
      <Button look="danger" whyNot={whyNot} aria-label={`Destroy ${name}`} onClick={() => onDestroy(orphan)}>
        Destroy
      </Button>
    </li>
  );
}
