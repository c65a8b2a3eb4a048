'use client';

import type { SkillDetail } from '@clawster/contract/skill';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { sayFindings } from './catalogue.ts';
import { sayPlace } from './skill-texts.tsx';

/** Lets bots use what the scan held back: what was found is told once more, and why it may be used is kept. */
export function ApproveDialog({ skill, onClose }: { skill: SkillDetail; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const { name, digest, findings } = skill;
  const dangers = findings.filter(({ severity }) => severity === 'danger');
  const approve = useMutation({
    mutationFn: () => client.skills.approve({ name, digest, reason: reason.trim() }),
    onSuccess: async () => {
      onClose();
      tell(`Bots may use ${name} from now on.`);
      await queryClient.invalidateQueries({ queryKey: ['skills'] });
    },
  });
  return (
    <Dialog open onClose={onClose} title={`Approve ${name}`} lead={`The scan found ${sayFindings(findings)}.`}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          approve.mutate();
        }}
      >
        <ul className="list-disc space-y-1 pl-5 text-sm">
          {dangers.map((finding, at) => (
            <li key={at} className="break-words">
              {finding.message} <span className="text-muted">({sayPlace(finding)})</span>
            </li>
          ))}
        </ul>
        <Field label="Why it may be used" hint="Kept in the audit log with your name.">
          {(described) => (
            <Input
              {...described}
              value={reason}
              maxLength={300}
              placeholder="Such as: it quotes an attack in order to know it"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <FormProblem message={approve.error ? sentenceOf(approve.error) : undefined} />
        <DialogButtons
          onCancel={onClose}
          busy={approve.isPending}
          whyNot={reason.trim() ? undefined : 'Say why it may be used'}
        >
          Let bots use it
        </DialogButtons>
      </form>
    </Dialog>
  );
}
