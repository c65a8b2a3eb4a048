'use client';

import type { Impact } from '@clawster/contract/configuration';
import { type ReactNode, useState } from 'react';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { ImpactView } from './impact-view.tsx';
import { issuesOf } from './use-preview.ts';

type ReviewFormProps = {
  /** What it comes to; undefined while it is not known yet what is asked for. */
  preview: { isPending: boolean; data: Impact | undefined; error: Error | null } | undefined;
  /** What stands against making it. */
  whyNot: string | undefined;
  /** While it is made, and why it was not. */
  busy?: boolean;
  error?: Error | null;
  verb: string;
  danger?: boolean;
  withReason?: boolean;
  onSave: (reason: string) => void;
  /** More of what it comes to. */
  children?: ReactNode;
  onClose: () => void;
};

/** The end of a dialog in which a change is looked over: what it comes to, why it is made, and the button that makes it. */
export function ReviewForm(props: ReviewFormProps) {
  const { preview, whyNot, busy = false, error = null, verb, danger = false, withReason = true } = props;
  const { onSave, children, onClose } = props;
  const [reason, setReason] = useState('');
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(reason.trim());
      }}
    >
      <Previewed preview={preview} />
      {children}
      <Refused error={preview?.error ?? error} />
      {withReason ? <ReasonField reason={reason} onChange={setReason} /> : null}
      <DialogButtons onCancel={onClose} look={danger ? 'danger' : 'primary'} busy={busy} whyNot={whyNot}>
        {verb}
      </DialogButtons>
    </form>
  );
}

function Refused({ error }: { error: Error | null }) {
  if (!error) return null;
  return issuesOf({ error }).map(({ path, message }) => (
    <FormProblem key={path + message} message={path ? `${message} (${path})` : message} />
  ));
}

function Previewed({ preview }: Pick<ReviewFormProps, 'preview'>) {
  if (preview?.isPending) return <Skeleton className="h-16 w-full" />;
  return preview?.data ? <ImpactView impact={preview.data} /> : null;
}

function ReasonField({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  return (
    <Field label="Why (kept with the revision)">
      {(described) => (
        <Input
          {...described}
          value={reason}
          maxLength={300}
          placeholder="Such as: customers asked for shorter answers"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
