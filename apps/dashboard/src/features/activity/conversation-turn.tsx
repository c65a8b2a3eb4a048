import type { ConversationTurn, Span } from '@clawster/contract/trace';
import { ChevronRight, ListTree, Wrench } from 'lucide-react';
import Link from 'next/link';
import { usd } from '../../lib/amount.ts';
import { paths } from '../../lib/paths.ts';
import { count, took } from '../../lib/time.ts';
import { Markdown } from '../../ui/markdown.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Answer, Said } from '../turn/message.tsx';
import { SpanTexts } from './trace/span-texts.tsx';
import { botWord, outcomeLook, outcomeLooks, personWord } from './words.ts';

/** One turn of a conversation: what was asked, what the bot did, what it answered, and what that took. */
export function OneTurn({ turn }: { turn: ConversationTurn }) {
  const { text, spans, outcome, failure, at } = turn;
  const tools = spans.filter(({ kind }) => kind === 'tool-call' || kind === 'delegation');
  const asked = text?.in;
  const answered = text?.out;
  return (
    <li className="flex flex-col gap-3">
      <Said at={at} who={personWord(turn.person) ?? 'Someone'}>
        {asked ?? <NotKept characters={charactersOf(spans, 'message-in')} />}
      </Said>
      {tools.length > 0 ? <ToolCalls tools={tools} /> : null}
      {outcome === 'ok' || answered ? (
        <Answer botName={botWord(turn)}>
          {answered ? <Markdown text={answered} /> : <NotKept characters={charactersOf(spans, 'message-out')} />}
        </Answer>
      ) : null}
      {outcome === 'ok' ? null : (
        <p className="flex flex-wrap items-center gap-x-3 text-sm">
          <StateWord look={outcomeLooks[outcome]} />
          <span className="text-muted">{failure}</span>
        </p>
      )}
      <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted">
        <span>{count(turn.inputTokens + turn.outputTokens, 'token')}</span>
        <span>{usd(turn.costUsd)}</span>
        <span>{took(turn.durationMs)}</span>
        <Link
          href={paths.trace(turn.traceId)}
          prefetch={false}
          className="inline-flex items-center gap-1 font-medium text-accent hover:underline"
        >
          <ListTree aria-hidden className="size-3.5" /> Trace
        </Link>
      </p>
    </li>
  );
}

/** Where words are not kept, how many letters they had still says something. */
export function NotKept({ characters }: { characters: number | undefined }) {
  return (
    <span className="text-muted italic">
      {characters === undefined ? 'Not kept' : `${count(characters, 'character')}, not kept`}
    </span>
  );
}

function charactersOf(spans: readonly Span[], kind: 'message-in' | 'message-out'): number | undefined {
  const { characters } = spans.find((span) => span.kind === kind) ?? {};
  return characters?.in ?? characters?.out;
}

function ToolCalls({ tools }: { tools: Span[] }) {
  const failed = tools.filter(({ outcome }) => outcome !== 'ok').length;
  const names = [...new Set(tools.map(({ name }) => name))].join(', ');
  return (
    <details className="group rounded-lg border border-line bg-surface text-sm">
      <summary className="flex list-none items-center gap-2 px-3 py-1.5">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-muted transition-transform group-open:rotate-90" />
        <Wrench aria-hidden className="size-3.5 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate">
          {count(tools.length, 'tool call')}: {names}
        </span>
        {failed > 0 ? <span className="shrink-0 text-bad">{failed} failed</span> : null}
      </summary>
      <ol className="divide-y divide-line border-t border-line">
        {tools.map((tool) => (
          <li key={tool.id} className="space-y-2 px-3 py-2">
            <p className="flex flex-wrap items-center gap-x-3">
              <Link
                href={paths.activity('tools', { tool: tool.name })}
                prefetch={false}
                className="font-mono hover:underline"
              >
                {tool.name}
              </Link>
              <StateWord look={outcomeLook(tool)} />
              <span className="ml-auto text-muted">{took(tool.durationMs)}</span>
            </p>
            {tool.failure ? <p className="text-muted">{tool.failure}</p> : null}
            <SpanTexts span={tool} />
          </li>
        ))}
      </ol>
    </details>
  );
}
