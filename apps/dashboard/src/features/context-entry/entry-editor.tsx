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
import { EntryConflict } from './entry-conflict.tsx';
import { VisibilityFields } from './visibility-fields.tsx';

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
  const [draft, setDraft] = useState(() => draftOf(entry, team));
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
            onTakeTheirs={(theirs) => goOn(draftOf(theirs, team))}
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
        <VisibilityFields
          visibility={draft.visibility}
          members={team.members}
          onChange={(visibility) => change({ visibility })}
        />
        {entry?.untrusted ? (
          <Checkbox checked={!draft.untrusted} onChange={(isLookedAt) => change({ untrusted: !isLookedAt })}>
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
            whyNot={isConflict ? 'Say first which of the two is to stand' : whyNotYet(draft)}
          >
            Save
          </Button>
        </div>
      </MutationForm>
    </Card>
  );
}

function draftOf(entry: ContextEntry | undefined, { members }: TeamDetail): Draft {
  const { key = '', text = '', visibility = 'team', untrusted = false, version = 0 } = entry ?? {};
  const isMember = (id: string) => members.some(({ botId }) => botId === id);
  // Who has left the team can be given nothing of it.
  const seenBy = typeof visibility === 'string' ? visibility : { bots: visibility.bots.filter(isMember) };
  return { key, text, visibility: seenBy, untrusted, baseVersion: version };
}

const keyForm = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

function whyNotYet({ key, text, visibility }: Draft): string | undefined {
  if (!keyForm.test(key)) return 'A key is lower-case letters, digits, dots, hyphens, with slashes between parts';
  if (!text.trim()) return 'Write what the team is to know';
  const isForNobody = typeof visibility !== 'string' && visibility.bots.length === 0;
  return isForNobody ? 'Choose a member who sees it, or let all see it' : undefined;
}
