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

const keyForm = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

/** Writes an entry; where somebody else wrote it meanwhile, what they wrote is shown and nothing is lost. */
export function EntryEditor({ team, entry, onClose, onSaved }: EntryEditorProps) {
  const teamId = team.id;
  const [key, setKey] = useState(entry?.key ?? '');
  const [text, setText] = useState(entry?.text ?? '');
  const [visibility, setVisibility] = useState(entry?.visibility ?? 'team');
  const [untrusted, setUntrusted] = useState(entry?.untrusted ?? false);
  // What it is written over: after a conflict that was looked at, the version that was seen then.
  const [baseVersion, setBaseVersion] = useState(entry?.version ?? 0);
  const save = useChange({
    call: () =>
      client.contextEntries.set({
        teamId,
        key,
        text: text.trim(),
        baseVersion,
        visibility,
        untrusted,
        ...(entry?.expiresAt ? { expiresAt: entry.expiresAt } : {}),
      }),
    nouns: ['contextEntries'],
    said: ({ version }) => `${key} was written down as version ${version}.`,
    onDone: () => onSaved(key),
  });
  const isConflict = save.error instanceof ProblemError && save.error.code === 'conflict';
  const whyNot = !keyForm.test(key)
    ? 'A key is lower-case letters, digits, dots, hyphens, with slashes between parts'
    : text.trim()
      ? undefined
      : 'Write what the team is to know';
  return (
    <Card title={entry ? `Edit ${entry.key}` : 'A new entry'}>
      <MutationForm mutation={save}>
        {isConflict ? (
          <EntryConflict
            teamId={teamId}
            entryKey={key}
            mine={text}
            onKeepMine={(version) => {
              setBaseVersion(version);
              save.reset();
            }}
            onTakeTheirs={(theirs) => {
              setBaseVersion(theirs.version);
              setText(theirs.text ?? '');
              setUntrusted(theirs.untrusted);
              save.reset();
            }}
          />
        ) : null}
        {entry ? null : (
          <TextField
            label="Key"
            hint="Parts with slashes between, such as customers/acme."
            maxLength={200}
            value={key}
            onChange={setKey}
          />
        )}
        <TextField label="Text" rows={10} maxLength={20_000} value={text} onChange={setText} />
        {typeof visibility === 'string' ? (
          <WordSelect
            label="Who sees it"
            all="All members see it"
            words={{ lead: 'Only the lead sees it' }}
            value={visibility === 'lead' ? 'lead' : ''}
            onChange={(value) => setVisibility(value === 'lead' ? 'lead' : 'team')}
          />
        ) : null}
        {entry?.untrusted ? (
          <Checkbox checked={!untrusted} onChange={(isLookedAt) => setUntrusted(!isLookedAt)}>
            I have looked at it: it is the team’s own from now on. Until then, whoever reads it is told that people
            outside wrote it.
          </Checkbox>
        ) : null}
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={save.isPending}
            whyNot={isConflict ? 'Say first which of the two is to stand' : whyNot}
          >
            Save
          </Button>
        </div>
      </MutationForm>
    </Card>
  );
}
