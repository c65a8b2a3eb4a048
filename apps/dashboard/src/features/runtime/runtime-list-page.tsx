'use client';

import { api } from '@clawster/contract/api';
import type { Runtime } from '@clawster/contract/runtime';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, RotateCw } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** The OpenClaw versions Clawster was tested with; one installation serves all bots. */
export function RuntimeListPage() {
  const options = q(api.runtimes.list, {});
  const { data, error, refetch } = useQuery({
    ...options,
    refetchInterval: (query) => (query.state.data?.items.some(({ phase }) => phase === 'installing') ? 1_000 : false),
  });
  return (
    <Page
      title="Runtimes"
      lead="OpenClaw versions Clawster was tested with. One installation serves all bots of this machine."
    >
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <Card flush>
        <ul className="divide-y divide-line">
          {data?.items.map((runtime) => (
            <RuntimeRow key={runtime.version} runtime={runtime} />
          ))}
          {data ? null : (
            <li className="flex h-[4.25rem] items-center px-4">
              <Skeleton className="h-4 w-1/2" />
            </li>
          )}
        </ul>
      </Card>
      {data ? (
        <p className="mt-3 text-sm text-muted">
          Nothing older than {data.floor} is deployed: security fixes up to then are a must.
        </p>
      ) : null}
    </Page>
  );
}

function RuntimeRow({ runtime }: { runtime: Runtime }) {
  const { version, recommended, phase, message, progress, since, botCount } = runtime;
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex items-center gap-2 font-medium">
          OpenClaw {version}
          {recommended ? (
            <span className="rounded-full bg-accent-soft px-2 py-px text-xs text-accent">recommended</span>
          ) : null}
        </p>
        <p className={`text-sm ${phase === 'failed' ? 'text-bad' : 'text-muted'}`}>
          {phase === 'failed' ? '✕ ' : ''}
          {message} · {count(botCount, 'bot')}
          {since && phase === 'installed' ? (
            <>
              {' '}
              · <Time at={since} />
            </>
          ) : null}
        </p>
        {phase === 'installing' ? (
          <div className="mt-2 max-w-md">
            <Progress value={progress} label={`Installing OpenClaw ${version}`} />
          </div>
        ) : null}
      </div>
      <InstallButton runtime={runtime} />
    </li>
  );
}

function InstallButton({ runtime }: { runtime: Runtime }) {
  const queryClient = useQueryClient();
  const forbidden = useWhyForbidden('runtime:install');
  const install = useMutation({
    mutationFn: () => client.runtimes.install({ version: runtime.version }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['runtimes'] }),
    onError: tellTrouble,
  });
  if (runtime.phase === 'installed') return <span className="text-sm font-medium text-ok">✓ Installed</span>;
  if (runtime.phase === 'installing')
    return (
      <span className="text-sm font-medium text-warn">
        {runtime.progress === undefined ? 'Installing' : `${Math.round(runtime.progress * 100)} %`}
      </span>
    );
  const again = runtime.phase === 'failed';
  return (
    <Button
      icon={again ? <RotateCw /> : <Download />}
      busy={install.isPending}
      whyNot={forbidden}
      onClick={() => install.mutate()}
    >
      {again ? 'Try again' : 'Install'}
    </Button>
  );
}
