'use client';

import type { TeamRule } from '@clawster/contract/team-rule';
import { useState } from 'react';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ActionFields } from './action-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { freshId, ruleDraft, ruleIn, type RuleDraft, whyNotRule } from './rule-draft.ts';
import { sayRule } from './say-rule.ts';

type RuleDialogProps = {
  /** All of the team's, for no two have the same id. */
  rules: readonly TeamRule[];
  rule?: TeamRule;
  onClose: () => void;
  onDone: (rule: TeamRule) => void;
};

/** Writes a rule, with how it reads underneath. */
export function RuleDialog({ rules, rule, onClose, onDone }: RuleDialogProps) {
  const [draft, setDraft] = useState(() => ruleDraft(rule));
  const change = (part: Partial<RuleDraft>) => setDraft((known) => ({ ...known, ...part }));
  const written = ruleIn(draft, { id: rule?.id ?? freshId(draft.name, rules), enabled: rule?.enabled ?? true });
  const whyNot = whyNotRule(draft);
  return (
    <Dialog open wide onClose={onClose} title={rule ? `Change ${rule.name}` : 'A new rule'}>
      <form
        noValidate
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          onDone(written);
        }}
      >
        <TextField
          label="Name"
          placeholder="Such as Refunds are looked at"
          maxLength={120}
          value={draft.name}
          onChange={(name) => change({ name })}
        />
        <ConditionFields draft={draft} change={change} />
        <ActionFields draft={draft} change={change} />
        <p role="status" className="rounded-md bg-hover px-3 py-2 text-sm break-words">
          {whyNot ?? sayRule(written)}
        </p>
        <DialogButtons onCancel={onClose} busy={false} whyNot={whyNot}>
          {rule ? 'Change it' : 'Add it'}
        </DialogButtons>
      </form>
    </Dialog>
  );
}
