'use client';

import type { Bot } from '@clawster/contract/bot';
import type { DoctorReport } from '@clawster/contract/doctor';
import { useMutation } from '@tanstack/react-query';
import { CircleCheck, Info, Stethoscope, TriangleAlert } from 'lucide-react';
import { client } from '../../../lib/client.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { count, duration } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Card, Empty, Trouble } from '../../../ui/page.tsx';
import { useWhyNot } from '../use-why-not.ts';

/** OpenClaw's own doctor, on the bot's host; it looks and changes nothing. */
export function Doctor({ bot }: { bot: Bot }) {
  const run = useMutation({ mutationFn: () => client.bots.doctor({ botId: bot.id }) });
  const reason = useWhyNot()('doctor', bot);
  const button = (
    <Button
      look={run.data ? 'plain' : 'primary'}
      icon={<Stethoscope />}
      busy={run.isPending}
      whyNot={reason}
      onClick={() => run.mutate()}
    >
      {run.isPending ? 'Examining; this takes some seconds' : run.data ? 'Run again' : 'Run the doctor'}
    </Button>
  );
  return (
    <div className="mx-auto max-w-3xl space-y-4 p-4 sm:p-6">
      {run.error ? <Trouble message={sentenceOf(run.error)} /> : null}
      {run.data ? (
        <Findings report={run.data} again={button} />
      ) : (
        <Empty icon={<Stethoscope />} title="Examine this bot" action={button}>
          Runs OpenClaw's own doctor on the bot's host: config, credentials, channels, tools. It only looks; nothing is
          changed.{reason ? <span className="mt-2 block text-warn">{reason}</span> : null}
        </Empty>
      )}
    </div>
  );
}

function Findings({ report, again }: { report: DoctorReport; again: React.ReactNode }) {
  return (
    <Card
      title={report.findings.length === 0 ? 'Nothing found' : count(report.findings.length, 'finding')}
      actions={again}
      flush
    >
      <ul className="divide-y divide-line" aria-live="polite">
        {report.findings.length === 0 ? (
          <li className="flex items-center gap-2 p-4 text-muted">
            <CircleCheck aria-hidden className="size-4 text-ok" />
            The doctor is content.
          </li>
        ) : null}
        {report.findings.map((finding, index) => (
          <li key={finding.checkId + index} className="flex gap-3 p-4">
            {finding.severity === 'error' || finding.severity.startsWith('warn') ? (
              <TriangleAlert
                aria-hidden
                className={`mt-0.5 size-4 shrink-0 ${finding.severity === 'error' ? 'text-bad' : 'text-warn'}`}
              />
            ) : (
              <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
            )}
            <div className="min-w-0 space-y-1">
              <p>
                <span className="sr-only">{finding.severity}: </span>
                {finding.message}
              </p>
              {finding.fixHint ? <p className="text-sm text-muted">{finding.fixHint}</p> : null}
              <p className="font-mono text-xs break-words text-faint">
                {[finding.checkId, finding.path].filter(Boolean).join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
      <p className="border-t border-line px-4 py-2 text-xs text-muted">Took {duration(report.durationMs)}.</p>
    </Card>
  );
}
