'use client';

import type { LayerIssue, ProposedChange } from '@clawster/contract/configuration';
import { type ReactNode, useState } from 'react';
import { useSettled } from '../../lib/use-settled.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Card, Skeleton } from '../../ui/page.tsx';
import { IdentityFields } from './identity-fields.tsx';
import { ImpactView } from './impact-view.tsx';
import { OpenedHead } from './opened-head.tsx';
import { RawField } from './raw-field.tsx';
import { ReviewDialog } from './review-dialog.tsx';
import { AbilityCards } from './ability-cards.tsx';
import type { SettingsDraft } from './settings-draft.ts';
import { hasField, issueAt, issuesOf, usePreview } from './use-preview.ts';

type LayerEditorProps = {
  title: string;
  draft: SettingsDraft;
  onDraft: (draft: SettingsDraft) => void;
  /** The change as it stands; its impact is shown while it is written. Absent until it is known whom it is for. */
  proposed: ProposedChange | undefined;
  /** Why it cannot be saved yet, beside what its preview says. */
  whyNot: string | undefined;
  withReason: boolean;
  save: (reason: string) => Promise<string>;
  onClose: () => void;
  /** The layer's own fields. */
  children: (issueOf: (path: string) => string | undefined) => ReactNode;
};

const ownFields = ['name', 'description', 'selector', 'priority', 'locked', 'reason', 'expiresAt', 'botId'];

/** A layer that bots share, to be written: its own fields, what it says, and what that touches before it is saved. */
export function LayerEditor(props: LayerEditorProps) {
  const { title, draft, onDraft, proposed, save, onClose, withReason, children } = props;
  const preview = usePreview(useSettled(proposed));
  const [reviewing, setReviewing] = useState(false);
  const issues = issuesOf(preview);
  const fields = { draft, onChange: onDraft, issues: preview.error ? issues : [] };
  const whyNot = props.whyNot ?? draft.rawTrouble ?? (issues[0] && issues[0].message);
  return (
    <div className="space-y-5">
      <OpenedHead title={title} onClose={onClose}>
        <Button look="primary" whyNot={whyNot} onClick={() => setReviewing(true)}>
          Review and save…
        </Button>
      </OpenedHead>
      <Elsewhere issues={preview.error ? issues : []} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="space-y-5">
          <Card title="The layer">
            <div className="space-y-4">{children((path) => issueAt(issues, path))}</div>
          </Card>
          <Card title="Identity and purpose">
            <IdentityFields {...fields} />
          </Card>
        </div>
        <div className="space-y-5">
          <Card title="What it touches">
            <Touches preview={preview} asked={proposed !== undefined} />
          </Card>
          <AbilityCards {...fields} />
          <Card title="OpenClaw">
            <RawField {...fields} />
          </Card>
        </div>
      </div>
      {reviewing && proposed ? (
        <ReviewDialog
          title={title}
          proposed={proposed}
          verb="Save"
          withReason={withReason}
          save={save}
          onDone={onClose}
          onClose={() => setReviewing(false)}
        />
      ) : null}
    </div>
  );
}

function Touches({ preview, asked }: { preview: ReturnType<typeof usePreview>; asked: boolean }) {
  if (!asked || preview.error) return <p className="text-sm text-muted">That is known once the rest is right.</p>;
  return preview.data ? <ImpactView impact={preview.data} /> : <Skeleton className="h-10 w-full" />;
}

/** What no field can say. */
function Elsewhere({ issues }: { issues: LayerIssue[] }) {
  return issues
    .filter(({ path }) => !hasField(path) && !ownFields.some((name) => path.startsWith(name)))
    .map(({ path, message }) => <FormProblem key={path + message} message={message} />);
}
