'use client';

import type { Connector } from '@clawster/contract/connector';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Select } from '../../ui/field.tsx';
import { FallbacksField } from './fallbacks-field.tsx';
import { LimitsFields } from './limits-fields.tsx';
import { ModelsField } from './models-field.tsx';
import { rulesAsked, rulesValues } from './rules-values.ts';

/** Which models bots may ask for and at what price, how much, and who stands in. */
export function RulesDialog({ connector, onClose }: { connector: Connector; onClose: () => void }) {
  const queryClient = useQueryClient();
  const form = useForm({ defaultValues: rulesValues(connector) });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((values) => {
    const today = new Date().toISOString().slice(0, 10);
    return client.connectors
      .update({ connectorId: connector.id, ...rulesAsked(values, { before: connector, today }) })
      .then(
        async () => {
          await queryClient.invalidateQueries({ queryKey: ['connectors'] });
          tell(`${connector.name} was changed.`);
          onClose();
        },
        (error: unknown) => showProblem(form, error),
      );
  });
  const isOpenAi = ['openai', 'openrouter', 'openai-compatible'].includes(connector.provider);
  const touches =
    connector.botCount === 0
      ? 'No bot uses it yet.'
      : `${count(connector.botCount, 'bot')} will take it up without a restart.`;
  return (
    <Dialog open wide onClose={onClose} title={`Models and limits of ${connector.name}`} lead={touches}>
      <form onSubmit={save} noValidate className="space-y-6">
        <FormProblem message={errors.root?.message} />
        <ModelsField form={form} provider={connector.provider} usual={connector.model} />
        <LimitsFields form={form} />
        {isOpenAi ? (
          <Field label="How models are asked" hint="Responses is OpenAI's newer way; not every service has it.">
            {(described) => (
              <Select {...described} {...form.register('api')}>
                <option value="chat-completions">Chat completions</option>
                <option value="responses">Responses</option>
              </Select>
            )}
          </Field>
        ) : null}
        <FallbacksField form={form} connector={connector} />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Save
        </DialogButtons>
      </form>
    </Dialog>
  );
}
