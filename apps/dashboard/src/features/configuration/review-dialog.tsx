'use client';

import type { ProposedChange } from '@clawster/contract/configuration';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ImpactView } from './impact-view.tsx';
import { issuesOf, usePreview } from './use-preview.ts';

type ReviewDialogProps = {
  title: string;
  lead?: ReactNode;
  proposed: ProposedChange;
  verb: string;
  danger?: boolean;
  /** Whether it is asked why: where the answer is kept. */
  withReason?: boolean;
  /** Makes the change, and says what was done. */
  save: (reason: string) => Promise<string>;
  /** More of what it comes to. */
  children?: ReactNode;
  onDone: () => void;
  onClose: () => void;
};

/** What a change will touch, before it is made: which bots, how, and what stands against it; with the reason for it. */
export function ReviewDialog(props: ReviewDialogProps) {
  const { title, lead, proposed, verb, danger = false, withReason = true, children, onClose } = props;
  const [reason, setReason] = useState('');
  const preview = usePreview(proposed);
  const save = useSave(props);
  return (
    <Dialog open wide onClose={onClose} title={title} lead={lead}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(reason.trim());
        }}
      >
        {preview.isPending ? <Skeleton className="h-16 w-full" /> : null}
        {preview.data ? <ImpactView impact={preview.data} /> : null}
        {children}
        <Refused error={preview.error ?? save.error} />
        {withReason ? (
          <Field label="Why (kept with the revision)">
            {(described) => (
              <Input
                {...described}
                value={reason}
                maxLength={300}
                placeholder="Such as: customers asked for shorter answers"
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look={danger ? 'danger' : 'primary'} busy={save.isPending} whyNot={whyNotSave(preview)}>
            {verb}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function whyNotSave({ isPending, error, data }: ReturnType<typeof usePreview>): string | undefined {
  if (isPending) return 'Wait until it is known what changes';
  if (error) return 'See what is wrong';
  return data && data.refused > 0 ? 'A bot could not take it over: see which and why' : undefined;
}

function useSave({ save, onDone }: ReviewDialogProps) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: async (said) => {
      onDone();
      tell(said);
      await queryClient.invalidateQueries();
    },
  });
}

function Refused({ error }: { error: Error | null }) {
  if (!error) return null;
  return issuesOf({ error }).map(({ path, message }) => (
    <FormProblem key={path + message} message={path ? `${message} (${path})` : message} />
  ));
}
