'use client';

import { type LinkOut, linkOutPlaceholders } from '@clawster/contract/link-out';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';

type Props = { link: LinkOut | undefined; onClose: () => void };

/** Adds a link to another tool, or changes one. */
export function LinkOutDialog({ link, onClose }: Props) {
  const queryClient = useQueryClient();
  const { name = '', url = '' } = link ?? {};
  const form = useForm({ defaultValues: { name, url } });
  const { errors, isSubmitting } = form.formState;
  const save = form.handleSubmit(async (values) => {
    try {
      if (link) await client.linkOuts.update({ linkOutId: link.id, ...values });
      else await client.linkOuts.create(values);
      await queryClient.invalidateQueries({ queryKey: ['linkOuts'] });
      tell(`${values.name} is shown wherever what its address names is known.`);
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
      title={link ? `Change ${link.name}` : 'Add a link'}
      lead="It is shown where all is known that its address names."
    >
      <form onSubmit={save} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} placeholder="Grafana" autoFocus />}
        </Field>
        <Field label="Address" error={errors.url?.message} hint={<Placeholders />}>
          {(described) => (
            <Input
              {...described}
              {...form.register('url')}
              className="font-mono text-sm"
              spellCheck={false}
              placeholder="https://grafana.example.com/explore?trace={otelTraceId}"
            />
          )}
        </Field>
        <DialogButtons onCancel={onClose} busy={isSubmitting}>
          {link ? 'Save' : 'Add it'}
        </DialogButtons>
      </form>
    </Dialog>
  );
}

function Placeholders() {
  return (
    <>
      Filled in: <code className="font-mono">{linkOutPlaceholders.map((name) => `{${name}}`).join(' ')}</code>
    </>
  );
}
