'use client';

import { api } from '@clawster/contract/api';
import type { Connector } from '@clawster/contract/connector';
import { useQuery } from '@tanstack/react-query';
import { Cable, KeyRound, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { ConnectorParts } from '../channel/connector-parts.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

const ConnectorDialogs = lazily(() => import('./connector-dialogs.tsx').then((module) => module.ConnectorDialogs));
export type Asked = { what: 'add' } | { what: 'replace-key' | 'delete'; connector: Connector };

/** The model providers bots may use. */
export function ConnectorListPage() {
  const { data, error, refetch } = useQuery(q(api.connectors.list, { limit: 200 }));
  const [asked, setAsked] = useState<Asked>();
  const forbidden = useWhyForbidden('connector:manage');
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => setAsked({ what: 'add' })}>
      Add a provider
    </Button>
  );
  return (
    <Page
      title="Connectors"
      lead="Model providers your bots can use. Keys stay here; bots get a virtual one."
      actions={add}
    >
      <ConnectorParts here={paths.connectors} />
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <Card flush>
        <ul className="divide-y divide-line">
          {data?.items.map((connector) => (
            <ConnectorRow
              key={connector.id}
              connector={connector}
              forbidden={forbidden}
              onAsk={(what) => setAsked({ what, connector })}
            />
          ))}
          {data
            ? null
            : [1, 2].map((key) => (
                <li key={key} className="flex h-[4.25rem] items-center px-4">
                  <Skeleton className="h-4 w-1/2" />
                </li>
              ))}
        </ul>
        {data?.items.length === 0 ? (
          <Empty icon={<Cable />} title="No providers yet" action={add}>
            Attach OpenAI, Anthropic or any service that speaks their protocol.
          </Empty>
        ) : null}
      </Card>
      {asked ? <ConnectorDialogs asked={asked} onClose={() => setAsked(undefined)} /> : null}
    </Page>
  );
}

type RowProps = {
  connector: Connector;
  forbidden: string | undefined;
  onAsk: (what: 'replace-key' | 'delete') => void;
};

function ConnectorRow({ connector, forbidden, onAsk }: RowProps) {
  const { name, provider, model, check, botCount, baseUrl } = connector;
  const builtIn = provider === 'demo';
  const inUse =
    botCount > 0
      ? `${count(botCount, 'bot')} ${botCount === 1 ? 'uses' : 'use'} it: give them another connector first`
      : undefined;
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-2 font-medium">
          {name}
          <span className="text-sm font-normal text-muted">{model}</span>
        </p>
        <p className="truncate text-sm text-muted">
          {builtIn ? 'Built in; needs no key and says that it is a demo' : baseUrl} · {count(botCount, 'bot')}
        </p>
        {check && !builtIn ? (
          <p className={`text-sm ${check.ok ? 'text-ok' : 'text-bad'}`}>
            {check.ok ? '✓' : '✕'} {check.message}{' '}
            <span className="text-faint">
              <Time at={check.checkedAt} />
            </span>
          </p>
        ) : null}
      </div>
      {builtIn ? null : (
        <div className="flex gap-2">
          <Button icon={<KeyRound />} whyNot={forbidden} onClick={() => onAsk('replace-key')}>
            Replace key
          </Button>
          <Button look="danger" icon={<Trash2 />} whyNot={forbidden ?? inUse} onClick={() => onAsk('delete')}>
            Delete
          </Button>
        </div>
      )}
    </li>
  );
}
