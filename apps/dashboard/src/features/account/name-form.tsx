'use client';

import { PersonName } from '@clawster/contract/person';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';

const Rename = z.object({ name: PersonName });

export function NameForm({ name }: { name: string }) {
  const queryClient = useQueryClient();
  const form = useForm({ resolver: zodResolver(Rename), defaultValues: { name } });
  const { errors, isSubmitting, isDirty } = form.formState;
  const save = form.handleSubmit((input) =>
    client.account.rename(input).then(
      async () => {
        await queryClient.invalidateQueries();
        form.reset(input);
        tell('Your name was changed.');
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="space-y-3">
      <FormProblem message={errors.root?.message} />
      <Field label="Name" error={errors.name?.message}>
        {(described) => <Input {...described} {...form.register('name')} autoComplete="name" />}
      </Field>
      <Button type="submit" busy={isSubmitting} whyNot={isDirty ? undefined : 'Change the name first'}>
        Change the name
      </Button>
    </form>
  );
}
