'use client';

import type { AttachConnector, Connector } from '@clawster/contract/connector';
import { labelsOf } from '@clawster/contract/label';
import type { Impact } from '@clawster/contract/configuration';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { LabelsField, whyNotLabels } from '../configuration/layer-fields.tsx';
import { ReviewForm } from '../configuration/review-form.tsx';
import { BotChoice } from './bot-choice.tsx';

type Whom = { by: 'names' | 'labels'; botIds: string[]; labels: string; model: string };

/** Gives a model provider to bots by name or labels; what it comes to for each is seen before it is done. */
export function GiveConnectorDialog({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const { name, models, model } = connector;
  const [whom, setWhom] = useState<Whom>({ by: 'names', botIds: [], labels: '', model });
  const change = (part: Partial<Whom>) => setWhom({ ...whom, ...part });
  const ask = askOf(connector, whom);
  const preview = useAttachPreview(ask);
  const give = useGive(connector, onClose);
  const changed = preview.data?.changed ?? 0;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={`Give ${name} to bots`}
      lead="They ask their models of it from then on, in place of what they have. All of them do, or none."
    >
      <div className="space-y-4">
        <Field label="For">
          {(described) => (
            <Select
              {...described}
              value={whom.by}
              onChange={(event) => change({ by: event.target.value === 'labels' ? 'labels' : 'names' })}
            >
              <option value="names">bots by name</option>
              <option value="labels">the bots with some labels</option>
            </Select>
          )}
        </Field>
        {whom.by === 'labels' ? (
          <LabelsField
            value={whom.labels}
            error={undefined}
            hint="Those that have them now."
            onChange={(labels) => change({ labels })}
          />
        ) : (
          <BotChoice connector={connector} chosen={whom.botIds} onChange={(botIds) => change({ botIds })} />
        )}
        <Field label="Model">
          {(described) => (
            <Select {...described} value={whom.model} onChange={(event) => change({ model: event.target.value })}>
              {models.map(({ id }) => (
                <option key={id}>{id}</option>
              ))}
            </Select>
          )}
        </Field>
        <ReviewForm
          preview={ask ? preview : undefined}
          whyNot={whyNotAsked(whom) ?? whyNotGive(preview)}
          busy={give.isPending}
          error={give.error}
          verb={changed > 0 ? `Give it to ${count(changed, 'bot')}` : 'Give it to them'}
          withReason={false}
          onSave={() => ask && give.mutate(ask)}
          onClose={onClose}
        />
      </div>
    </Dialog>
  );
}

function askOf({ id: connectorId }: Connector, whom: Whom): AttachConnector | undefined {
  if (whyNotAsked(whom)) return undefined;
  const { by, botIds, labels, model } = whom;
  const bots = by === 'labels' ? { selector: labelsOf(labels.trim()) } : { botIds };
  return { connectorId, ...bots, model, dryRun: false };
}

function whyNotAsked({ by, botIds, labels }: Whom): string | undefined {
  if (by === 'names') return botIds.length === 0 ? 'Choose the bots' : undefined;
  return labels.trim() === '' ? 'Say which labels its bots have' : whyNotLabels(labels);
}

/** Looked at for a moment: the server checks again when it is done. */
function useAttachPreview(ask: AttachConnector | undefined) {
  return useQuery<Impact>({
    queryKey: ['preview', 'attach', ask],
    queryFn: ({ signal }) => client.connectors.attach({ ...(ask as AttachConnector), dryRun: true }, { signal }),
    enabled: ask !== undefined,
    staleTime: 0,
    gcTime: 30_000,
  });
}

function whyNotGive({ isPending, error, data }: ReturnType<typeof useAttachPreview>): string | undefined {
  if (isPending) return 'Wait until it is known what changes';
  if (error) return 'See what is wrong';
  if (data.refused > 0) return 'A bot could not take it over: see which and why';
  return data.changed === 0 ? 'Nothing would change' : undefined;
}

function useGive({ name }: Connector, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ask: AttachConnector) => client.connectors.attach(ask),
    onSuccess: async ({ changed }) => {
      onDone();
      tell(`${count(changed, 'bot was', 'bots were')} given ${name}.`);
      await queryClient.invalidateQueries();
    },
  });
}
