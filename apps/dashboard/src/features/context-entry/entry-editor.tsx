'use client';

import { ProblemError } from '@clawster/client/problem-error';
import type { ContextEntry } from '@clawster/contract/context-entry';
import type { TeamDetail } from '@clawster/contract/team';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { useChange } from '../../lib/use-change.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { Card } from '../../ui/page.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { WordSelect } from '../../ui/word-select.tsx';
import { EntryConflict } from './entry-conflict.tsx';

type EntryEditorProps = {
  team: TeamDetail;
  /** Absent: a new one. */
  entry?: ContextEntry;
  onClose: () => void;
  onSaved: (key: string) => void;
};

/** `baseVersion`: what it is written over; after a conflict that was looked at, the version that was seen then. */
type Draft = Pick<ContextEntry, 'key' | 'visibility' | 'untrusted'> & { text: string; baseVersion: number };

/** Writes an entry; where somebody else wrote it meanwhile, what they wrote is shown and nothing is lost. */
export function EntryEditor({ team, entry, onClose, onSaved }: EntryEditorProps) {
  const teamId = team.id;
  const [draft, setDraft] = useState(() => draftOf(entry));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const { key, text } = draft;
  const save = useChange({
    call: () =>
      client.contextEntries.set({
        ...draft,
        teamId,
        text: text.trim(),
        ...(entry?.expiresAt ? { expiresAt: entry.expiresAt } : {}),
      }),
    nouns: ['contextEntries'],
    said: ({ version }) => `${key} was written down as version ${version}.`,
    onDone: () => onSaved(key),
  });
  const isConflict = save.error instanceof ProblemError && save.error.code === 'conflict';
  const goOn = (part: Partial<Draft>) => {
    change(part);
    save.reset();
  };
  return (
    <Card title={entry ? `Edit ${entry.key}` : 'A new entry'}>
      <MutationForm mutation={save}>
        {isConflict ? (
          <EntryConflict
            teamId={teamId}
            entryKey={key}
            mine={text}
            onKeepMine={(version) => goOn({ baseVersion: version })}
            onTakeTheirs={(theirs) => goOn(draftOf(theirs))}
          />
        ) : null}
        {entry ? null : (
          <TextField
            label="Key"
            hint="Parts with slashes between, such as customers/acme."
            maxLength={200}
            value={key}
            onChange={(next) => change({ key: next })}
          />
        )}
        <TextField label="Text" rows={10} maxLength={20_000} value={text} onChange={(next) => change({ text: next })} />
        <WhoFields draft={draft} wasUntrusted={entry?.untrusted === true} change={change} />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            whyNot={isConflict ? 'Say first which of the two is to stand' : whyNotYet(draft)}
          >
            Save
          </Button>
        </div>
      </MutationForm>
    </Card>
  );
}

function draftOf(entry: ContextEntry | undefined): Draft {
  const { key = '', text = '', visibility = 'team', untrusted = false, version = 0 } = entry ?? {};
  return { key, text, visibility, untrusted, baseVersion: version };
}

const keyForm = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

function whyNotYet({ key, text }: Draft): string | undefined {
  if (!keyForm.test(key)) return 'A key is lower-case letters, digits, dots, hyphens, with slashes between parts';
  return text.trim() ? undefined : 'Write what the team is to know';
}

type WhoFieldsProps = { draft: Draft; wasUntrusted: boolean; change: (part: Partial<Draft>) => void };

/** Who sees it, and whether it is taken as the team's own. */
function WhoFields({ draft: { visibility, untrusted }, wasUntrusted, change }: WhoFieldsProps) {
  return (
    <>
      {typeof visibility === 'string' ? (
        <WordSelect
          label="Who sees it"
          all="All members see it"
          words={{ lead: 'Only the lead sees it' }}
          value={visibility === 'lead' ? 'lead' : ''}
          onChange={(value) => change({ visibility: value === 'lead' ? 'lead' : 'team' })}
        />
      ) : null}
      {wasUntrusted ? (
        <Checkbox checked={!untrusted} onChange={(isLookedAt) => change({ untrusted: !isLookedAt })}>
          I have looked at it: it is the team’s own from now on. Until then, whoever reads it is told that people
          outside wrote it.
        </Checkbox>
      ) : null}
    </>
  );
}
