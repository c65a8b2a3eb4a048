'use client';

import { type Connector, type ConnectorCheck, CreateConnector } from '@clawster/contract/connector';
import { knownModels } from '@clawster/domain/model/prices';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, PlugZap } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input, Select, SuggestingInput } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { providerNames, providers } from './providers.ts';

/** A name to begin with where no list is known. */
const modelExample = 'llama3.3';

/** An empty field is one that was left out. */
const leftOut = { setValueAs: (value: string | undefined) => value?.trim() || undefined };

/** Attaches a model provider: asked first with the very settings, saved only when it answered. */
export function ConnectorForm({ onDone, onCancel }: { onDone: (connector: Connector) => void; onCancel: () => void }) {
  const { form, check, setCheck, testing, test, save, chooseProvider } = useConnectorForm(onDone);
  const { errors, isSubmitting } = form.formState;
  const chosen = form.watch('provider');
  return (
    <form
      onSubmit={(event) => {
        event.stopPropagation();
        void save(event);
      }}
      noValidate
      className="space-y-4"
      onChange={() => setCheck(undefined)}
    >
      <FormProblem message={errors.root?.message} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Provider">
          {(described) => (
            <Select {...described} {...chooseProvider}>
              {providerNames.map(([provider, { name }]) => (
                <option key={provider} value={provider}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Name" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} />}
        </Field>
      </div>
      <Field
        label="Base URL"
        error={errors.baseUrl?.message}
        hint={
          chosen === 'openai-compatible'
            ? 'Any service that speaks as OpenAI does, also Ollama or vLLM on your own machine.'
            : 'The usual one; another where you reach the provider by a proxy.'
        }
      >
        {(described) => <Input {...described} {...form.register('baseUrl', leftOut)} type="url" spellCheck={false} />}
      </Field>
      <Field
        label="API key"
        error={errors.apiKey?.message}
        hint="Kept encrypted; no bot ever sees it, and it is never shown again."
      >
        {(described) => <PasswordInput {...described} {...form.register('apiKey', leftOut)} autoComplete="off" />}
      </Field>
      <ModelField form={form} check={check} />
      <CheckResult check={check} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          Cancel
        </Button>
        <Button icon={<PlugZap />} busy={testing} onClick={() => void test()}>
          Test
        </Button>
        <Button type="submit" look="primary" busy={isSubmitting && !testing}>
          Test and save
        </Button>
      </div>
    </form>
  );
}

type ModelFieldProps = Pick<ReturnType<typeof useConnectorForm>, 'form' | 'check'>;

function ModelField({ form, check }: ModelFieldProps) {
  const provider = form.watch('provider');
  const offered = check?.models ?? [];
  return (
    <Field
      label="Model"
      error={form.formState.errors.model?.message}
      hint={
        offered.length > 0
          ? `${offered.length} models offered: pick one from the list.`
          : 'As the provider spells it. Bots that are made with it may use it at once; more models, prices and limits come after.'
      }
    >
      {(described) => (
        <SuggestingInput
          {...described}
          {...form.register('model')}
          offered={offered.length > 0 ? offered : knownModels(provider)}
          placeholder={knownModels(provider)[0] ?? modelExample}
          spellCheck={false}
        />
      )}
    </Field>
  );
}

function useConnectorForm(onDone: (connector: Connector) => void) {
  const queryClient = useQueryClient();
  const [check, setCheck] = useState<ConnectorCheck>();
  const [testing, setTesting] = useState(false);
  const form = useForm({
    resolver: zodResolver(CreateConnector),
    defaultValues: {
      name: 'OpenAI',
      provider: 'openai',
      baseUrl: providers.openai.baseUrl,
      model: '',
      retries: 2,
      fallbacks: [],
    } as CreateConnector,
  });
  const test = form.handleSubmit(async (values) => {
    setTesting(true);
    setCheck(undefined);
    await client.connectors.test(connectionOf(values)).then(setCheck, (error: unknown) => showProblem(form, error));
    setTesting(false);
  });
  const save = form.handleSubmit((values) =>
    client.connectors.create({ ...connectionOf(values), name: values.name }).then(
      (connector) => {
        void queryClient.invalidateQueries({ queryKey: ['connectors'] });
        onDone(connector);
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  const chooseProvider = form.register('provider', {
    onChange: (event: { target: { value: CreateConnector['provider'] } }) => {
      const { name, baseUrl } = providers[event.target.value];
      form.setValue('baseUrl', baseUrl);
      form.setValue('name', name);
      setCheck(undefined);
    },
  });
  return { form, check, setCheck, testing, test, save, chooseProvider };
}

function connectionOf({ provider, baseUrl, apiKey, model }: CreateConnector) {
  return { provider, model, ...(baseUrl ? { baseUrl } : {}), ...(apiKey ? { apiKey } : {}) };
}

export function CheckResult({ check }: { check: ConnectorCheck | undefined }) {
  if (!check) return null;
  return (
    <p
      role="status"
      className={`flex items-start gap-2 rounded-md px-3 py-2 text-sm ${check.ok ? 'bg-ok-soft text-ok' : 'bg-bad-soft text-bad'}`}
    >
      {check.ok ? (
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      ) : (
        <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
      )}
      {check.message}
    </p>
  );
}
