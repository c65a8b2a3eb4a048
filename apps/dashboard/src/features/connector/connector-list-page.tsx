'use client';

import { api } from '@clawster/contract/api';
import type { Connector } from '@clawster/contract/connector';
import { useQuery } from '@tanstack/react-query';
import { Cable, Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, Page, Skeleton, Trouble } from '../../ui/page.tsx';
import { ConnectorParts } from '../channel/connector-parts.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ConnectorRow } from './connector-row.tsx';

const ConnectorDialogs = lazily(() => import('./connector-dialogs.tsx').then((module) => module.ConnectorDialogs));
export type Asked = { what: 'add' } | { what: 'give' | 'rules' | 'replace-key' | 'delete'; connector: Connector };

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
            Attach OpenAI, Anthropic, Google, OpenRouter or any service that speaks as OpenAI does.
          </Empty>
        ) : null}
      </Card>
      {asked ? <ConnectorDialogs asked={asked} onClose={() => setAsked(undefined)} /> : null}
    </Page>
  );
}
