'use client';

import { type Connector, UpdateConnector } from '@clawster/contract/connector';
import { zodResolver } from '@hookform/resolvers/zod';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem } from '../../ui/field.tsx';
import { PasswordInput } from '../../ui/password-input.tsx';
import { ConnectorForm } from './connector-form.tsx';
import type { Asked } from './connector-list-page.tsx';
import { GiveConnectorDialog } from './give-connector-dialog.tsx';
import { RulesDialog } from './rules-dialog.tsx';

export function ConnectorDialogs({ asked, onClose }: { asked: Asked; onClose: () => void }) {
  if (asked.what === 'add') {
    const done = (connector: Connector) => {
      tell(`${connector.name} was added.`);
      onClose();
    };
    return (
      <Dialog open onClose={onClose} title="Add a model provider" wide>
        <ConnectorForm onDone={done} onCancel={onClose} />
      </Dialog>
    );
  }
  if (asked.what === 'give') return <GiveConnectorDialog connector={asked.connector} onClose={onClose} />;
  if (asked.what === 'rules') return <RulesDialog connector={asked.connector} onClose={onClose} />;
  return asked.what === 'delete' ? (
    <Deletion connector={asked.connector} onClose={onClose} />
  ) : (
    <ReplaceKeyDialog connector={asked.connector} onClose={onClose} />
  );
}

type OneConnector = { connector: Connector; onClose: () => void };

function ReplaceKeyDialog({ connector, onClose }: OneConnector) {
  const queryClient = useQueryClient();
  const form = useForm({
    resolver: zodResolver(UpdateConnector),
    defaultValues: { connectorId: connector.id, apiKey: '' },
  });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit((values) =>
    client.connectors.update(values).then(
      async () => {
        await queryClient.invalidateQueries({ queryKey: ['connectors'] });
        tell(`The key of ${connector.name} was replaced.`);
        onClose();
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  const touches =
    connector.botCount === 0
      ? 'No bot uses it yet.'
      : `${count(connector.botCount, 'bot')} will use the new key at once, without a restart.`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Replace the key of ${connector.name}`}
      lead={`The provider is asked with the new key before it is saved. ${touches}`}
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="New API key" error={errors.apiKey?.message}>
          {(described) => <PasswordInput {...described} {...form.register('apiKey')} autoComplete="off" autoFocus />}
        </Field>
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          Test and replace
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function Deletion({ connector, onClose }: OneConnector) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.connectors.delete({ connectorId: connector.id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['connectors'] });
      tell(`${connector.name} was deleted.`);
      onClose();
    },
  });
  return (
    <DeleteDialog
      title={`Delete ${connector.name}?`}
      lead="Its key is deleted with it. No bot uses it, so none is touched."
      verb="Delete"
      remove={remove}
      onClose={onClose}
    />
  );
}
