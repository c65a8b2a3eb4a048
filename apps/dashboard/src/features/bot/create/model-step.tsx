'use client';

import { api } from '@clawster/contract/api';
import type { Connector } from '@clawster/contract/connector';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Field, SuggestingInput } from '../../../ui/field.tsx';
import { Skeleton, Trouble } from '../../../ui/page.tsx';
import { ConnectorForm } from '../../connector/connector-form.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';
import { ChannelsPart } from './channels-part.tsx';
import type { Draft } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';

type ModelStepProps = { draft: Draft; change: (part: Partial<Draft>) => void; onBack: () => void; onNext: () => void };

export function ModelStep({ draft, change, onBack, onNext }: ModelStepProps) {
  const { data, error, refetch } = useQuery(q(api.connectors.list, { limit: 200 }));
  const [adding, setAdding] = useState(false);
  const forbidden = useWhyForbidden('connector:manage');
  const chosen = chosenOf(data?.items ?? [], draft);
  if (adding) {
    return (
      <div className="rounded-lg border border-line bg-surface p-4">
        <ConnectorForm
          onCancel={() => setAdding(false)}
          onDone={(connector) => {
            change({ connectorId: connector.id, model: connector.model });
            setAdding(false);
          }}
        />
      </div>
    );
  }
  return (
    <>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      <div role="radiogroup" aria-label="Connector" className="space-y-2">
        {data?.items.map((connector) => (
          <Choice
            key={connector.id}
            name="connector"
            value={connector.id}
            checked={connector.id === chosen?.id}
            onChoose={() => change({ connectorId: connector.id, model: connector.model })}
            title={connector.name}
            aside={connector.model}
          >
            {connector.provider === 'demo'
              ? 'Built in. Needs no key, costs nothing, and says plainly that it is a demo: to see that everything works.'
              : (connector.check?.message ?? connector.baseUrl)}
          </Choice>
        )) ?? <Skeleton className="h-[4.1rem] w-full" />}
      </div>
      <Button className="mt-3" icon={<Plus />} whyNot={forbidden} onClick={() => setAdding(true)}>
        Add a provider
      </Button>
      {chosen && chosen.provider !== 'demo' ? (
        <Field label="Model" className="mt-4" hint="The connector's own unless you choose another.">
          {(described) => (
            <SuggestingInput
              {...described}
              value={draft.model ?? chosen.model}
              onChange={(event) => change({ model: event.target.value })}
              offered={chosen.check?.models}
            />
          )}
        </Field>
      ) : null}
      <ChannelsPart draft={draft} change={change}>
        <StepButtons
          onBack={onBack}
          onNext={() => {
            if (chosen) change({ connectorId: chosen.id, model: draft.model ?? chosen.model });
            onNext();
          }}
        />
      </ChannelsPart>
    </>
  );
}

/** The one that was chosen, or the one that needs nothing. */
function chosenOf(connectors: Connector[], { connectorId }: Draft): Connector | undefined {
  return (
    connectors.find(({ id }) => id === connectorId) ??
    connectors.find(({ provider }) => provider === 'demo') ??
    connectors[0]
  );
}
