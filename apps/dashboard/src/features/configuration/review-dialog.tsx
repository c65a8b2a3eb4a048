'use client';

import type { ProposedChange } from '@clawster/contract/configuration';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { tell } from '../../lib/toast.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ReviewForm } from './review-form.tsx';
import { usePreview } from './use-preview.ts';

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
  const { title, lead, proposed, children, onClose } = props;
  const preview = usePreview(proposed);
  const save = useSave(props);
  return (
    <Dialog open wide onClose={onClose} title={title} lead={lead}>
      <ReviewForm
        {...props}
        preview={preview}
        whyNot={whyNotSave(preview)}
        busy={save.isPending}
        error={save.error}
        onSave={save.mutate}
      >
        {children}
      </ReviewForm>
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
