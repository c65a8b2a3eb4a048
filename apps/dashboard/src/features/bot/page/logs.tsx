'use client';

import type { Bot } from '@clawster/contract/bot';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Pause, Play } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { clockTime } from '../../../lib/time.ts';
import { oneOf, useUrlState } from '../../../lib/use-url-state.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Input, Select } from '../../../ui/field.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { useWhyNot } from '../use-why-not.ts';
import { type NumberedLine, useLogs } from './use-logs.ts';

const sources = ['gateway', 'supervisor'] as const;
const levelColour: Record<string, string> = {
  error: 'text-bad',
  fatal: 'text-bad',
  warn: 'text-warn',
  warning: 'text-warn',
};

export function Logs({ bot }: { bot: Bot }) {
  const unable = useWhyNot()('logs', bot);
  if (unable) return <Empty title="No logs">{unable}. Its log went with it.</Empty>;
  return <LogView bot={bot} />;
}

/** The log as it is written; pausing holds the picture still, not the stream. */
function LogView({ bot }: { bot: Bot }) {
  const { lines, trouble } = useLogs(bot.id);
  const [params, setParams] = useUrlState();
  const find = params.get('find') ?? '';
  const source = oneOf(sources, params.get('source'));
  const [paused, setPaused] = useState<NumberedLine[]>();
  const shown = useMemo(() => matching(paused ?? lines ?? [], { find, source }), [paused, lines, find, source]);
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 px-4 py-2.5 sm:px-6">
        <Input
          type="search"
          aria-label="Filter the lines"
          placeholder="Filter"
          className="min-w-32 flex-1 sm:max-w-72"
          value={find}
          onChange={(event) => setParams({ find: event.target.value || null })}
        />
        <Select
          aria-label="Source"
          className="w-auto!"
          value={source ?? ''}
          onChange={(event) => setParams({ source: event.target.value || null })}
        >
          <option value="">All sources</option>
          {sources.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
        <Button
          aria-pressed={paused !== undefined}
          icon={paused ? <Play /> : <Pause />}
          onClick={() => setPaused(paused ? undefined : (lines ?? []))}
        >
          {paused ? 'Go on' : 'Pause'}
        </Button>
        <CopyButton text={() => shown.map(asText).join('\n')} />
        <span role="status" className="ml-auto text-xs text-muted">
          {trouble ?? (paused ? 'Paused' : 'Following')} · {shown.length.toLocaleString('en')} lines
        </span>
      </div>
      {lines && shown.length === 0 ? (
        <Empty title={lines.length === 0 ? 'No log lines yet' : 'No line matches'}>
          {lines.length === 0
            ? 'They appear here as soon as the supervisor writes the first.'
            : 'Clear the filter to see all of them.'}
        </Empty>
      ) : (
        <LineList lines={shown} still={paused !== undefined} />
      )}
    </>
  );
}

function matching(
  lines: NumberedLine[],
  { find, source }: { find: string; source: string | undefined },
): NumberedLine[] {
  const wanted = find.toLowerCase();
  return lines.filter(
    (line) => (!source || line.source === source) && (!wanted || line.text.toLowerCase().includes(wanted)),
  );
}

function asText({ at, source, text }: NumberedLine): string {
  return [at, source, text].filter(Boolean).join(' ');
}

function LineList({ lines, still }: { lines: NumberedLine[]; still: boolean }) {
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 20,
    overscan: 20,
    getItemKey: (index) => lines[index]?.number ?? index,
  });
  useEffect(() => {
    if (!still && atEnd.current && lines.length > 0) rows.scrollToIndex(lines.length - 1, { align: 'end' });
  }, [lines, still, rows]);
  const noteEnd = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: React.UIEvent<HTMLDivElement>) => {
    atEnd.current = scrollHeight - scrollTop - clientHeight < 40;
  };
  return (
    <div
      ref={scroller}
      onScroll={noteEnd}
      role="log"
      aria-live="off"
      aria-label="Log lines"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto border-t border-line bg-surface font-mono text-xs outline-offset-[-2px]"
    >
      <div className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const line = lines[index];
          return line ? (
            <div
              key={key}
              data-index={index}
              ref={rows.measureElement}
              className="absolute inset-x-0 flex gap-3 px-4 py-0.5 hover:bg-hover sm:px-6"
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="w-16 shrink-0 text-faint" title={line.at}>
                {line.at ? clockTime(line.at) : ''}
              </span>
              <span className="hidden w-20 shrink-0 text-faint sm:block">{line.source}</span>
              <span className={`min-w-0 flex-1 break-words whitespace-pre-wrap ${levelColour[line.level ?? ''] ?? ''}`}>
                {line.text}
              </span>
            </div>
          ) : null;
        })}
      </div>
    </div>
  );
}
