'use client';

import { useState } from 'react';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Warning } from '../../ui/warning.tsx';
import type { useRulesDraft } from './use-rules-draft.ts';

type RulesSaveBarProps = { draft: ReturnType<typeof useRulesDraft>; whyNot: string | undefined };

/** Saves changed rules with a note, or says that somebody else changed them meanwhile and asks which are to stand. */
export function RulesSaveBar({ draft, whyNot }: RulesSaveBarProps) {
  const [note, setNote] = useState('');
  const { save, isConflict, discard, keepMine, takeTheirs } = draft;
  return (
    <form
      noValidate
      aria-label="Save the rules"
      className="space-y-3 border-t border-line bg-ground p-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(note.trim());
      }}
    >
      {isConflict ? (
        <div role="alert" className="space-y-2">
          <Warning>{sentenceOf(save.error)}. Nothing you wrote is lost.</Warning>
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => void takeTheirs()}>Look at theirs</Button>
            <Button onClick={() => void keepMine()}>Keep mine, over theirs</Button>
          </div>
        </div>
      ) : (
        <FormProblem message={save.error ? sentenceOf(save.error) : undefined} />
      )}
      <TextField
        label="Why they are changed"
        hint="Stands beside the version. May be empty."
        maxLength={300}
        value={note}
        onChange={setNote}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={discard}>
          Discard the changes
        </Button>
        <Button
          type="submit"
          look="primary"
          busy={save.isPending}
          whyNot={whyNot ?? (isConflict ? 'Say first which are to stand' : undefined)}
        >
          Save the rules
        </Button>
      </div>
    </form>
  );
}
