'use client';

import { Personality } from '@clawster/contract/settings';
import type { Template } from '@clawster/contract/template';
import { useState } from 'react';
import { Field, FormProblem, Input, Textarea } from '../../../ui/field.tsx';
import { Skeleton } from '../../../ui/page.tsx';
import { nameIssue, nameRefusal } from '../name-refusal.ts';
import { AnswersFields } from '../../template/answers-fields.tsx';
import { BeginWith } from './begin-with.tsx';
import type { Draft } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';
import { useQuestions } from './use-questions.ts';

type IdentityStepProps = {
  draft: Draft;
  /** Undefined until it is known whether there are any. */
  templates: readonly Template[] | undefined;
  setDraft: (draft: Draft) => void;
  /** Of this very name. */
  refusal: Error | null;
  onBack: () => void;
  onNext: () => void;
};

/** Who the bot is: what it is made from, its name, and its personality. */
export function IdentityStep({ templates, ...others }: IdentityStepProps) {
  return templates ? <Known templates={templates} {...others} /> : <Skeleton className="h-[44rem] w-full" />;
}

type KnownProps = IdentityStepProps & { templates: readonly Template[] };

function Known({ draft, templates, setDraft, refusal, onBack, onNext }: KnownProps) {
  const [tried, setTried] = useState(false);
  const refused = nameRefusal(refusal);
  const nameError = refused.name ?? (tried ? nameIssue(draft.name) : undefined);
  const personalityError = Personality.safeParse(draft.personality).error?.issues[0]?.message;
  const questions = useQuestions(draft);
  const submit = () => {
    setTried(true);
    if (nameIssue(draft.name) || personalityError || questions.isOpen) return;
    setDraft({ ...draft, answers: questions.answers });
    onNext();
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
      <BeginWith draft={draft} templates={templates} setDraft={setDraft} />
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
      {questions.content ? (
        <AnswersFields
          variables={questions.content.variables}
          answers={draft.answers}
          issueOf={(name) => (tried ? questions.issueOf(name) : undefined)}
          onChange={(answers) => setDraft({ ...draft, answers })}
        />
      ) : null}
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
            rows={draft.template ? 4 : 10}
            placeholder={draft.template ? `From the template ${draft.template.name}` : undefined}
            className="font-mono text-sm"
          />
        )}
      </Field>
      <StepButtons onBack={onBack} submit />
    </form>
  );
}
