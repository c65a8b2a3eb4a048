'use client';

import { labelsOf } from '@clawster/contract/label';
import type { ProposedChange } from '@clawster/contract/configuration';
import type { Profile } from '@clawster/contract/profile';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { linesOf } from '../../lib/lines.ts';
import { Field, Input } from '../../ui/field.tsx';
import { labelsText, LabelsField, LockedField, PriorityField, whyNotLabels } from '../configuration/layer-fields.tsx';
import { LayerEditor } from '../configuration/layer-editor.tsx';
import { draftOf, settingsOf, type SettingsDraft } from '../configuration/settings-draft.ts';
import { useWhyForbidden } from '../session/use-identity.ts';

type Written = {
  name: string;
  description: string;
  labels: string;
  priority: number;
  locked: string;
  draft: SettingsDraft;
};

/** Makes a profile or changes one, with what that touches. */
export function ProfileEditor({ profile, onClose }: { profile: Profile | undefined; onClose: () => void }) {
  const [written, setWritten] = useState(() => writtenOf(profile));
  const forbidden = useWhyForbidden('profile:manage');
  const change = (part: Partial<Written>) => setWritten((known) => ({ ...known, ...part }));
  const save = async (reason: string) => {
    const change = changeOf(written);
    if (profile) await client.profiles.update({ profileId: profile.id, ...change, reason });
    else await client.profiles.create(withoutSelector(change));
    return profile ? `The profile ${written.name} was changed.` : `The profile ${written.name} is there.`;
  };
  return (
    <LayerEditor
      title={profile ? `The profile ${profile.name}` : 'A new profile'}
      draft={written.draft}
      onDraft={(draft) => change({ draft })}
      proposed={proposedOf(profile, written)}
      whyNot={forbidden ?? whyNotYet(written)}
      withReason={profile !== undefined}
      save={save}
      onClose={onClose}
    >
      {(issueOf) => (
        <>
          <Field label="Name" error={issueOf('name')}>
            {(described) => (
              <Input
                {...described}
                value={written.name}
                maxLength={80}
                placeholder="Such as Security"
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label="What for" error={issueOf('description')}>
            {(described) => (
              <Input
                {...described}
                value={written.description}
                maxLength={300}
                onChange={(event) => change({ description: event.target.value })}
              />
            )}
          </Field>
          <LabelsField
            value={written.labels}
            error={issueOf('selector')}
            hint="They have it as soon as they have these labels. Empty: it is attached to bots by name."
            onChange={(labels) => change({ labels })}
          />
          <PriorityField
            value={written.priority}
            error={issueOf('priority')}
            onChange={(priority) => change({ priority })}
          />
          <LockedField value={written.locked} error={issueOf('locked')} onChange={(locked) => change({ locked })} />
        </>
      )}
    </LayerEditor>
  );
}

function writtenOf(profile: Profile | undefined): Written {
  return {
    name: profile?.name ?? '',
    description: profile?.description ?? '',
    labels: labelsText(profile?.selector),
    priority: profile?.priority ?? 100,
    locked: (profile?.locked ?? []).join('\n'),
    draft: draftOf(profile?.settings ?? {}),
  };
}

function whyNotYet({ name, labels }: Written): string | undefined {
  return name.trim() === '' ? 'Name the profile, such as Security' : whyNotLabels(labels);
}

function changeOf({ name, description, labels, priority, locked, draft }: Written) {
  const hasLabels = labels.trim() !== '' && whyNotLabels(labels) === undefined;
  return {
    // Until it has a name it is looked at under this one.
    name: name.trim() || 'New profile',
    description,
    selector: hasLabels ? labelsOf(labels.trim()) : null,
    priority,
    locked: linesOf(locked),
    settings: settingsOf(draft),
  };
}

/** A profile that is made has labels or says nothing of them. */
function withoutSelector({ selector, ...others }: ReturnType<typeof changeOf>) {
  return { ...others, ...(selector ? { selector } : {}) };
}

function proposedOf(profile: Profile | undefined, written: Written): ProposedChange {
  const change = changeOf(written);
  return profile
    ? { kind: 'profile', profileId: profile.id, change }
    : { kind: 'new-profile', change: withoutSelector(change) };
}
