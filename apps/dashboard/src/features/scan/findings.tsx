'use client';

import type { Finding } from '@clawster/contract/finding';
import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayForm, sayPlace } from './say-finding.ts';

const DismissDialog = lazily(() => import('./dismiss-dialog.tsx').then((module) => module.DismissDialog));

type Open = { findings: readonly Finding[]; total: number; isKnown: boolean };

/** What lies in plain sight, the gravest first, each with where, how and what to do. */
export function Findings({ findings, total, isKnown }: Open) {
  const [dismissed, setDismissed] = useState<Finding>();
  if (findings.length === 0) return isKnown ? <NoneFound /> : null;
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line" aria-label="Findings">
        {findings.map((finding) => (
          <FindingRow key={finding.id} finding={finding} onDismiss={() => setDismissed(finding)} />
        ))}
      </ul>
      {total > findings.length ? (
        <p className="text-sm text-muted">and {(total - findings.length).toLocaleString('en')} more</p>
      ) : null}
      {dismissed ? <DismissDialog finding={dismissed} onClose={() => setDismissed(undefined)} /> : null}
    </>
  );
}

function NoneFound() {
  return (
    <p className="flex items-center gap-2 text-sm">
      <CircleCheck aria-hidden className="size-4 text-ok" />
      No secret was found where it should not be.
    </p>
  );
}

function FindingRow({ finding, onDismiss }: { finding: Finding; onDismiss: () => void }) {
  const { severity, secretId, secretName, place, fix, firstSeenAt } = finding;
  const forbidden = useWhyForbidden('secret:manage');
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-72 space-y-0.5">
        <p className="flex flex-wrap items-center gap-x-3">
          <span className="font-medium">{secretName}</span>
          <span className={severity === 'high' ? 'text-bad' : 'text-warn'}>
            {severity === 'high' ? '✕ In use' : '⚠ A former value'}
          </span>
        </p>
        <p className="break-words">{sayPlace(place)}</p>
        <p className="text-muted">
          {sayForm(finding)} · found <Time at={firstSeenAt} />
        </p>
        <p className="break-words text-muted">{fix}.</p>
      </div>
      {secretId ? <ButtonLink href={paths.secrets(secretId)}>Rotate</ButtonLink> : null}
      <Button whyNot={forbidden} onClick={onDismiss} aria-label={`Dismiss the finding of ${secretName}`}>
        Dismiss
      </Button>
    </li>
  );
}
