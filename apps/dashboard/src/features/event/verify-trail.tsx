'use client';

import type { AuditFinding, AuditVerification } from '@clawster/contract/audit';
import { ShieldCheck } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Trouble } from '../../ui/page.tsx';

type Done = Extract<AuditVerification, { type: 'done' }>;
type State = { running: boolean; events: number; findings: AuditFinding[]; done?: Done; trouble?: string };

/** Checks the whole trail on the server, and how that goes on. */
export function useVerification() {
  const [state, setState] = useState<State>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async () => {
    stop.current?.abort();
    const { signal } = (stop.current = new AbortController());
    let now: State = { running: true, events: 0, findings: [] };
    const tell = (change: Partial<State>) => {
      if (!signal.aborted) setState((now = { ...now, ...change }));
    };
    tell({});
    try {
      for await (const part of client.audit.verify({}, { signal })) {
        if (part.type === 'progress') tell({ events: part.events });
        else if (part.type === 'finding') tell({ findings: [...now.findings, part.finding] });
        else tell({ done: part, running: false });
      }
      tell({ running: false });
    } catch (error) {
      tell({ running: false, trouble: sentenceOf(error) });
    }
  };
  return { state, run: () => void run() };
}

export function VerifyButton({ state, run }: ReturnType<typeof useVerification>) {
  return (
    <Button look="quiet" icon={<ShieldCheck />} busy={state?.running ?? false} onClick={run}>
      Verify
    </Button>
  );
}

/** What a verification found, or that it found nothing. */
export function VerificationResult({ state, run }: ReturnType<typeof useVerification>) {
  if (!state) return null;
  if (state.trouble)
    return (
      <div className="mb-3">
        <Trouble message={state.trouble} retry={run} />
      </div>
    );
  const { done, findings, events } = state;
  const isBad = findings.length > 0;
  return (
    <div
      role="status"
      className={`mb-3 rounded-lg border px-4 py-3 text-sm ${isBad ? 'border-bad/30 bg-bad-soft text-bad' : 'border-line bg-surface'}`}
    >
      <p>{sentence(done, events)}</p>
      {isBad ? (
        <ul className="mt-2 list-disc space-y-1 pl-5">
          {findings.map((finding) => (
            <li key={finding.sentence}>{finding.sentence}.</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function sentence(done: Done | undefined, events: number): string {
  if (!done) return `${count(events, 'event')} checked so far…`;
  const checked = `${count(done.events, 'event')} in ${count(done.seals, 'seal')} checked`;
  if (!done.sound) return `${checked}: ${count(done.findings, 'thing')} not as recorded.`;
  const waiting = done.unsealed > 0 ? ` ${count(done.unsealed, 'event')} too new to be sealed.` : '';
  return `${checked}: the trail is whole.${waiting}`;
}
