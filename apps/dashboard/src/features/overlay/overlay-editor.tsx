'use client';

import { labelsOf } from '@clawster/contract/label';
import type { ProposedChange } from '@clawster/contract/configuration';
import type { CreateOverlay, Overlay } from '@clawster/contract/overlay';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { Field, Input } from '../../ui/field.tsx';
import { whyNotLabels } from '../configuration/layer-fields.tsx';
import { LayerEditor } from '../configuration/layer-editor.tsx';
import { PriorityField } from '../configuration/layer-fields.tsx';
import { draftOf, settingsOf, type SettingsDraft } from '../configuration/settings-draft.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { WhomFields } from './whom-fields.tsx';

export type Written = {
  name: string;
  reason: string;
  by: 'bot' | 'labels';
  botId: string;
  labels: string;
  priority: number;
  /** As the field of the browser has it: a local time without a zone. */
  expires: string;
  draft: SettingsDraft;
};

/** Lays an overlay or changes one, with what that touches. */
export function OverlayEditor({ overlay, onClose }: { overlay: Overlay | undefined; onClose: () => void }) {
  const [written, setWritten] = useState(() => writtenOf(overlay));
  const forbidden = useWhyForbidden('overlay:manage');
  const change = (part: Partial<Written>) => setWritten((known) => ({ ...known, ...part }));
  const save = async () => {
    if (overlay) await client.overlays.update({ overlayId: overlay.id, ...changeOf(written) });
    else await client.overlays.create(newOf(written));
    return overlay ? `The overlay ${written.name} was changed.` : `The overlay ${written.name} is laid.`;
  };
  return (
    <LayerEditor
      title={overlay ? `The overlay ${overlay.name}` : 'A new overlay'}
      draft={written.draft}
      onDraft={(draft) => change({ draft })}
      proposed={proposedOf(overlay, written)}
      whyNot={forbidden ?? whyNotYet(written, overlay)}
      withReason={false}
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
                placeholder="Such as Holiday replies"
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label="Why" error={issueOf('reason')}>
            {(described) => (
              <Input
                {...described}
                value={written.reason}
                maxLength={300}
                onChange={(event) => change({ reason: event.target.value })}
              />
            )}
          </Field>
          <WhomFields overlay={overlay} written={written} change={change} issueOf={issueOf} />
          <PriorityField
            value={written.priority}
            error={issueOf('priority')}
            onChange={(priority) => change({ priority })}
          />
          <Field label="Until" error={issueOf('expiresAt')} hint="It is taken away by itself then. Empty: it stays.">
            {(described) => (
              <Input
                {...described}
                type="datetime-local"
                className="max-w-60"
                value={written.expires}
                onChange={(event) => change({ expires: event.target.value })}
              />
            )}
          </Field>
        </>
      )}
    </LayerEditor>
  );
}

function writtenOf(overlay: Overlay | undefined): Written {
  return {
    name: overlay?.name ?? '',
    reason: overlay?.reason ?? '',
    by: 'bot',
    botId: '',
    labels: '',
    priority: overlay?.priority ?? 100,
    expires: overlay?.expiresAt ? localTime(overlay.expiresAt) : '',
    draft: draftOf(overlay?.settings ?? {}),
  };
}

/** The minute, in the zone of who looks at it. */
function localTime(at: string): string {
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function whyNotYet({ name, by, botId, labels }: Written, overlay: Overlay | undefined): string | undefined {
  if (name.trim() === '') return 'Name the overlay, such as Holiday replies';
  if (overlay) return undefined;
  if (by === 'bot') return botId ? undefined : 'Choose the bot it is for';
  return labels.trim() === '' ? 'Say which labels its bots have' : whyNotLabels(labels);
}

function changeOf({ name, reason, priority, expires, draft }: Written) {
  return {
    // Until it has a name it is looked at under this one.
    name: name.trim() || 'New overlay',
    reason,
    priority,
    settings: settingsOf(draft),
    expiresAt: expires ? new Date(expires).toISOString() : null,
  };
}

/** Absent until it is known whom it is for. */
function proposedOf(overlay: Overlay | undefined, written: Written): ProposedChange | undefined {
  if (overlay) return { kind: 'overlay', overlayId: overlay.id, change: changeOf(written) };
  const change = newOf(written);
  return change.botId || change.selector ? { kind: 'new-overlay', change } : undefined;
}

function newOf(written: Written): CreateOverlay {
  const { expiresAt, ...change } = changeOf(written);
  const hasLabels = written.labels.trim() !== '' && whyNotLabels(written.labels) === undefined;
  return {
    ...change,
    ...(expiresAt ? { expiresAt } : {}),
    ...(written.by === 'bot' && written.botId ? { botId: written.botId } : {}),
    ...(written.by === 'labels' && hasLabels ? { selector: labelsOf(written.labels.trim()) } : {}),
  };
}
