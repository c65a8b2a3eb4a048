import type { Exporter, ExporterTest } from '@clawster/contract/exporter';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CirclePlay, Pencil, Send, Trash2 } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { lookOf } from './exporter-look.ts';
import type { ExporterAsk } from './exporters.tsx';

type RowProps = { exporter: Exporter; onAsk: (ask: ExporterAsk) => void };

/** An exporter: where to, what, how it goes, and what the other side answered to a trace to try it. */
export function ExporterRow({ exporter, onAsk }: RowProps) {
  const { id: exporterId, name, endpoint } = exporter;
  const test = useMutation({ mutationFn: () => client.exporters.test({ exporterId }), onError: tellTrouble });
  return (
    <li className="px-4 py-3" aria-label={name}>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="font-medium">{name}</span>
            <StateWord look={lookOf(exporter)} />
          </p>
          <p className="text-sm break-all text-muted">{endpoint}</p>
          <p className="text-sm text-muted">{whatOf(exporter)}</p>
          <Progress exporter={exporter} />
        </div>
        <div className="flex gap-2">
          <Button icon={<Send />} busy={test.isPending} onClick={() => test.mutate()}>
            Send a test
          </Button>
          <Manage exporter={exporter} onAsk={onAsk} />
        </div>
      </div>
      {test.data ? <Answer test={test.data} /> : null}
    </li>
  );
}

function whatOf({ traces, metrics, percent, withText }: Exporter): string {
  const share = percent < 100 ? `${percent} % of traces` : 'all traces';
  const told = `${share} ${withText ? 'with' : 'without'} what was said`;
  return [...(traces ? [told] : []), ...(metrics ? ['metrics'] : [])].join(', ');
}

function Progress({ exporter }: { exporter: Exporter }) {
  const { sentAt, sentSpans, rejectedSpans, trouble, nextTryAt, stoppedAt } = exporter;
  return (
    <>
      {sentAt ? (
        <p className="text-sm text-muted tabular-nums">
          {count(sentSpans, 'span')} sent, last <Time at={sentAt} />
          {rejectedSpans > 0 ? `; ${count(rejectedSpans, 'span')} not taken` : ''}
        </p>
      ) : null}
      {trouble ? (
        <p className="text-sm text-bad">
          {trouble}.{' '}
          {stoppedAt ? (
            <>
              It failed too often and stopped <Time at={stoppedAt} />: mend it, then try again. It goes on where it
              stopped.
            </>
          ) : nextTryAt ? (
            <>
              Next try <Time at={nextTryAt} />
            </>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

function Manage({ exporter, onAsk }: RowProps) {
  const { id: exporterId, name, trouble } = exporter;
  const queryClient = useQueryClient();
  const resume = useMutation({
    mutationFn: () => client.exporters.resume({ exporterId }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['exporters'] });
      tell(`${name} is tried again.`);
    },
    onError: tellTrouble,
  });
  return (
    <Menu label="Manage">
      <MenuItem
        icon={<Pencil />}
        title="Change"
        hint="Where to, what, and the headers"
        onChoose={() => onAsk({ kind: 'form', exporter })}
      />
      <MenuItem
        icon={<CirclePlay />}
        title="Try again now"
        hint="From where it stopped"
        whyNot={trouble ? undefined : 'It goes well'}
        onChoose={() => resume.mutate()}
      />
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 />}
        title="Delete"
        hint="Nothing is sent there any more"
        danger
        onChoose={() => onAsk({ kind: 'delete', exporter })}
      />
    </Menu>
  );
}

function Answer({ test: { ok, message, status, answer, durationMs, traceId } }: { test: ExporterTest }) {
  return (
    <div role="status" className="mt-3 rounded-md border border-line bg-bg px-3 py-2 text-sm">
      <p className={ok ? 'font-medium text-ok' : 'font-medium text-bad'}>{message}</p>
      <p className="text-muted tabular-nums">
        {status === undefined ? 'No answer' : `HTTP ${status}`} in {durationMs} ms. Trace{' '}
        <code className="font-mono text-xs break-all">{traceId}</code>
      </p>
      {answer ? <p className="mt-1 font-mono text-xs break-all">{answer}</p> : null}
    </div>
  );
}
