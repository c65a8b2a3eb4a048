'use client';

import type { Exporter } from '@clawster/contract/exporter';
import { useQueryClient } from '@tanstack/react-query';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { draftOf, type ExporterDraft, inputOf } from './exporter-draft.ts';
import { HeadersFields } from './headers-fields.tsx';

type Props = { exporter: Exporter | undefined; onClose: () => void };

/** Adds an exporter, or changes one; what is wrong with it shows at its field. */
export function ExporterDialog({ exporter, onClose }: Props) {
  const queryClient = useQueryClient();
  const form = useForm<ExporterDraft>({ defaultValues: draftOf(exporter) });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(async (draft) => {
    try {
      if (exporter) await client.exporters.update({ exporterId: exporter.id, ...inputOf(draft) });
      else await client.exporters.create(inputOf(draft));
      await queryClient.invalidateQueries({ queryKey: ['exporters'] });
      tell(
        exporter
          ? `${draft.name} is changed.`
          : `What bots do from now on goes to ${draft.name}. Send a test to try it.`,
      );
      onClose();
    } catch (error) {
      showProblem(form, error);
    }
  });
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={exporter ? `Change ${exporter.name}` : 'Add an exporter'}
      lead="OTLP over HTTP, which Langfuse, Grafana, Honeycomb, Datadog and the OpenTelemetry Collector take."
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Name" error={errors.name?.message}>
            {(described) => <Input {...described} {...form.register('name')} placeholder="Langfuse" autoFocus />}
          </Field>
          <Field label="Address" error={errors.endpoint?.message} hint="/v1/traces and /v1/metrics are added to it.">
            {(described) => (
              <Input {...described} {...form.register('endpoint')} type="url" placeholder="https://otel.example.com" />
            )}
          </Field>
        </div>
        <HeadersFields form={form} hasHeaders={exporter?.hasHeaders ?? false} />
        <WhatFields form={form} />
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          {exporter ? 'Save' : 'Add it'}
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function WhatFields({ form }: { form: UseFormReturn<ExporterDraft> }) {
  const { errors } = form.formState;
  const forbidden = useWhyForbidden('conversation:read');
  const traces = form.watch('traces');
  const box = (field: 'traces' | 'metrics' | 'withText') => ({
    checked: form.watch(field),
    onChange: (checked: boolean) => form.setValue(field, checked),
  });
  return (
    <fieldset className="space-y-3">
      <legend className="mb-1 text-sm font-medium">What is sent</legend>
      <Checkbox {...box('traces')}>Traces: turns, calls to models, tools and messages, as they happen</Checkbox>
      {traces ? (
        <div className="ml-6 space-y-3">
          <Checkbox {...box('withText')} whyNot={forbidden}>
            With what was said, where this workspace keeps it: it leaves Clawster and is kept by the other tool
          </Checkbox>
          <Field
            label="Percent of traces"
            error={errors.percent?.message}
            hint="Each whole or not at all. Metrics count all of them."
            className="max-w-60"
          >
            {(described) => (
              <Input {...described} {...form.register('percent')} type="number" min={0.01} max={100} step="any" />
            )}
          </Field>
        </div>
      ) : null}
      <Checkbox {...box('metrics')}>Metrics: tokens, cost, turns, tools and durations, once a minute</Checkbox>
      {errors.traces ? (
        <p role="alert" className="text-xs text-bad">
          {errors.traces.message}
        </p>
      ) : null}
    </fieldset>
  );
}
