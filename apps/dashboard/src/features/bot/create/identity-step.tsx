'use client';

import { Personality } from '@clawster/contract/settings';
import { useState } from 'react';
import { Field, FormProblem, Input, Textarea } from '../../../ui/field.tsx';
import { nameIssue, nameRefusal } from '../name-refusal.ts';
import { type Draft, withStarter } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';
import { starters } from './starters.ts';

type IdentityStepProps = {
  draft: Draft;
  setDraft: (draft: Draft) => void;
  /** Of this very name. */
  refusal: Error | null;
  onBack: () => void;
  onNext: () => void;
};

export function IdentityStep({ draft, setDraft, refusal, onBack, onNext }: IdentityStepProps) {
  const [tried, setTried] = useState(false);
  const refused = nameRefusal(refusal);
  const nameError = refused.name ?? (tried ? nameIssue(draft.name) : undefined);
  const personalityError = Personality.safeParse(draft.personality).error?.issues[0]?.message;
  const submit = () => {
    setTried(true);
    if (!nameIssue(draft.name) && !personalityError) onNext();
  };
  return (
    <form
      noValidate
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <FormProblem message={refused.form} />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Begin with</legend>
        <div className="grid grid-cols-2 gap-2 sm:grid-cols-5">
          {starters.map((starter) => (
            <button
              key={starter.id}
              type="button"
              aria-pressed={draft.starterId === starter.id}
              title={starter.summary}
              onClick={() =>
                setDraft(
                  withStarter(
                    draft,
                    starter,
                    starters.find(({ id }) => id === draft.starterId),
                  ),
                )
              }
              className={`flex flex-col rounded-lg border px-3 py-2 text-left ${draft.starterId === starter.id ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-hover'}`}
            >
              <span className="block font-medium">{starter.title}</span>
              <span className="block text-xs text-muted">{starter.summary}</span>
            </button>
          ))}
        </div>
      </fieldset>
      <Field label="Name" error={nameError} hint="Letters, digits and hyphens: it is used in commands and links too.">
        {(described) => (
          <Input
            {...described}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            maxLength={40}
          />
        )}
      </Field>
      <Field
        label="Personality"
        error={personalityError}
        hint={`Markdown; reaches the bot as its SOUL.md. ${draft.personality.length.toLocaleString('en')} of 8,000 characters.`}
      >
        {(described) => (
          <Textarea
            {...described}
            value={draft.personality}
            onChange={(event) => setDraft({ ...draft, personality: event.target.value })}
            rows={10}
            className="font-mono text-sm"
          />
        )}
      </Field>
      <StepButtons onBack={onBack} submit />
    </form>
  );
}
