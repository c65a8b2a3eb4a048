'use client';

import { api } from '@clawster/contract/api';
import { type Bot, UpdateBot } from '@clawster/contract/bot';
import type { Connector } from '@clawster/contract/connector';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { client } from '../../../lib/client.ts';
import { q } from '../../../lib/query.ts';
import { showProblem } from '../../../lib/show-problem.ts';
import { tell } from '../../../lib/toast.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, FormProblem, Select, SuggestingInput, Textarea } from '../../../ui/field.tsx';
import { CaptureField } from '../../capture/capture-field.tsx';
import { rememberBot } from '../use-bot-action.ts';
import { useWhyNot } from '../use-why-not.ts';
import { DisconnectField } from './disconnect-field.tsx';
import { DriftField } from './drift-field.tsx';
import { LimitFields } from './limit-fields.tsx';

/** Changes what the bot should be; a running bot takes it up. */
export function EditBotForm({ bot }: { bot: Bot }) {
  const { connectorId, model, personality, memoryBytesMax, diskBytesMax, disconnect, drift, capture } = bot.spec;
  const queryClient = useQueryClient();
  const unable = useWhyNot()('update', bot);
  const connectors = useQuery(q(api.connectors.list, { limit: 200 })).data?.items ?? [];
  const form = useForm({
    resolver: zodResolver(UpdateBot),
    defaultValues: {
      botId: bot.id,
      connectorId,
      model,
      personality,
      memoryBytesMax,
      diskBytesMax,
      disconnect,
      drift,
      capture,
    },
  });
  const { errors, isSubmitting, isDirty } = form.formState;
  const save = form.handleSubmit((values) =>
    client.bots.update(values).then(
      (updated) => {
        rememberBot(queryClient, updated);
        tell(`${bot.name} was changed${bot.spec.desired === 'running' ? '; it takes it up now' : ''}.`);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-4">
      <FormProblem message={errors.root?.message} />
      <Field
        label="Personality"
        error={errors.personality?.message}
        hint={<PersonalityHint length={form.watch('personality')?.length ?? 0} />}
      >
        {(described) => (
          <Textarea
            {...described}
            {...form.register('personality')}
            rows={14}
            className="font-mono text-sm"
            spellCheck
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <ModelFields bot={bot} form={form} connectors={connectors} />
        <LimitFields form={form} />
        <DisconnectField form={form} />
        <CaptureField form={form} />
        <DriftField form={form} />
      </div>
      <div className="flex justify-end gap-2">
        {isDirty ? (
          <Button look="quiet" onClick={() => form.reset()}>
            Discard
          </Button>
        ) : null}
        <Button
          type="submit"
          look="primary"
          busy={isSubmitting}
          whyNot={unable ?? (isDirty ? undefined : 'Nothing was changed yet')}
        >
          Save
        </Button>
      </div>
    </form>
  );
}

type ModelFieldsProps = {
  bot: Bot;
  form: Pick<UseFormReturn<UpdateBot>, 'watch' | 'setValue' | 'formState' | 'register'>;
  connectors: Connector[];
};

/** Another connector brings its own model. */
function ModelFields({ bot, form, connectors }: ModelFieldsProps) {
  const { errors } = form.formState;
  const connector = connectors.find(({ id }) => id === form.watch('connectorId'));
  const chooseConnector = form.register('connectorId', {
    onChange: (event: { target: { value: string } }) =>
      form.setValue('model', connectors.find(({ id }) => id === event.target.value)?.model ?? bot.spec.model, {
        shouldDirty: true,
      }),
  });
  return (
    <>
      <Field label="Connector" error={errors.connectorId?.message}>
        {(described) => (
          <Select {...described} {...chooseConnector}>
            <ConnectorOptions connectors={connectors} bot={bot} />
          </Select>
        )}
      </Field>
      <Field label="Model" error={errors.model?.message}>
        {(described) => (
          <SuggestingInput {...described} {...form.register('model')} offered={connector?.check?.models} />
        )}
      </Field>
    </>
  );
}

/** Until the connectors are known there is the bot's own. */
function ConnectorOptions({ connectors, bot }: { connectors: Connector[]; bot: Bot }) {
  if (connectors.length === 0) return <option value={bot.spec.connectorId}>{bot.connectorName}</option>;
  return connectors.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));
}

function PersonalityHint({ length }: { length: number }) {
  return (
    <>
      Who the bot is, in Markdown. It reaches OpenClaw as SOUL.md.{' '}
      <span className={length > 8000 ? 'text-bad' : ''}>{length.toLocaleString('en')} of 8,000 characters.</span>
    </>
  );
}
