import { WorkspaceName } from '@clawster/contract/workspace';
import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { client } from '../../lib/client.ts';
import { showProblem } from '../../lib/show-problem.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { enterWorkspace } from './enter-workspace.ts';

const NewWorkspace = z.object({ name: WorkspaceName });

/** Makes a workspace and goes there. */
export function NewWorkspaceDialog({ onClose }: { onClose: () => void }) {
  const form = useForm({ resolver: zodResolver(NewWorkspace), defaultValues: { name: '' } });
  const { errors, isSubmitting } = form.formState;
  const make = form.handleSubmit((input) =>
    client.workspaces
      .create(input)
      .then(({ id }) => enterWorkspace(id))
      .catch((error: unknown) => showProblem(form, error)),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title="New workspace"
      lead="You become its owner. Nothing of this workspace is seen there, and nothing of it here."
    >
      <form onSubmit={make} noValidate className="space-y-4">
        <FormProblem message={errors.root?.message} />
        <Field label="Name of the workspace" error={errors.name?.message}>
          {(described) => <Input {...described} {...form.register('name')} autoComplete="off" />}
        </Field>
        <Button type="submit" look="primary" busy={isSubmitting}>
          Make the workspace
        </Button>
      </form>
    </Dialog>
  );
}
