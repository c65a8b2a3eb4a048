import { WorkspaceName } from '@clawster/contract/workspace';
import { zodResolver } from '@hookform/resolvers/zod';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { useIdentity, useWhyForbidden } from '../session/use-identity.ts';

const Rename = z.object({ name: WorkspaceName });

/** The name of the workspace, and another one for it. */
export function RenameWorkspace() {
  const name = useIdentity()?.workspace.name;
  return <Card title="Workspace">{name === undefined ? null : <RenameForm key={name} name={name} />}</Card>;
}

function RenameForm({ name }: { name: string }) {
  const queryClient = useQueryClient();
  const whyForbidden = useWhyForbidden('workspace:manage');
  const form = useForm({ resolver: zodResolver(Rename), defaultValues: { name } });
  const { errors, isSubmitting, isDirty } = form.formState;
  const save = form.handleSubmit((input) =>
    client.workspaces.rename(input).then(
      async () => {
        await queryClient.invalidateQueries();
        tell('The workspace was renamed.');
      },
      (error: unknown) => showProblem(form, error),
    ),
  );
  return (
    <form onSubmit={save} noValidate className="max-w-md space-y-3">
      <FormProblem message={errors.root?.message} />
      <Field label="Name of the workspace" error={errors.name?.message}>
        {(described) => (
          <Input {...described} {...form.register('name')} autoComplete="off" readOnly={whyForbidden !== undefined} />
        )}
      </Field>
      <Button
        type="submit"
        busy={isSubmitting}
        whyNot={whyForbidden ?? (isDirty ? undefined : 'Change the name first')}
      >
        Rename the workspace
      </Button>
    </form>
  );
}
