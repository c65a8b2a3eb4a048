'use client';

import { api } from '@clawster/contract/api';
import type { Connector } from '@clawster/contract/connector';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { q } from '../../../lib/query.ts';
import { Field, Select, SuggestingInput } from '../../../ui/field.tsx';

type ModelChoice = {
  connectors: Connector[];
  connectorId: string;
  model: string;
  choose: (connectorId: string) => void;
  setModel: (model: string) => void;
};

/** Which model all bots of a new team get; at first that of a provider with a key, else the demo. */
export function useModelChoice(): ModelChoice {
  const connectors =
    useQuery(q(api.connectors.list, { limit: 200 })).data?.items.filter(({ kind }) => kind === 'model-provider') ?? [];
  const [chosen, setChosen] = useState('');
  const [model, setModel] = useState('');
  const usual = connectors.find(({ provider }) => provider !== 'demo') ?? connectors[0];
  return {
    connectors,
    connectorId: chosen || (usual?.id ?? ''),
    model,
    choose: (connectorId) => {
      setChosen(connectorId);
      setModel('');
    },
    setModel,
  };
}

export function ModelFields({ choice: { connectors, connectorId, model, choose, setModel } }: { choice: ModelChoice }) {
  const connector = connectors.find(({ id }) => id === connectorId);
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Provider">
        {(described) => (
          <Select {...described} value={connectorId} onChange={({ target }) => choose(target.value)}>
            {connectors.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Model" hint="The provider's own unless you choose another.">
        {(described) => (
          <SuggestingInput
            {...described}
            value={model}
            placeholder={connector?.model}
            offered={connector?.check?.models}
            onChange={({ target }) => setModel(target.value)}
          />
        )}
      </Field>
    </div>
  );
}
