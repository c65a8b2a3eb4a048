'use client';

import { api } from '@clawster/contract/api';
import type { InboxItemDetail } from '@clawster/contract/inbox';
import { useQuery } from '@tanstack/react-query';
import { ChartGantt, SquareArrowOutUpRight } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time, Until } from '../../ui/time.tsx';
import { WrittenText } from '../delegation/written-text.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { AnswerForm } from './answer-form.tsx';
import { AssignField } from './assign-field.tsx';
import { DecideButtons } from './decide-buttons.tsx';
import { kindWords, stateLooks, subjectOf } from './inbox-looks.ts';

/** One item: exactly what is decided about, and what may be done with it. */
export function ItemView({ itemId, onDecided }: { itemId: string; onDecided: () => void }) {
  const { data, error, refetch } = useQuery(q(api.inbox.get, { itemId }));
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return data ? <Known item={data} onDecided={onDecided} /> : <Skeleton className="h-96 w-full" />;
}

function Known({ item, onDecided }: { item: InboxItemDetail; onDecided: () => void }) {
  const { title, kind, state, content, teamName, botName, createdAt, expiresAt, contentHash } = item;
  return (
    <Card title={kindWords[kind]} actions={<StateWord look={stateLooks[state]} />}>
      <div className="space-y-4">
        <div>
          <h3 className="text-lg font-semibold break-words">{title}</h3>
          <p className="text-sm text-muted">
            {[teamName, botName].filter(Boolean).join(' · ')} <Time at={createdAt} />
            {expiresAt && state === 'open' ? (
              <>
                , nobody decided by <Until at={expiresAt} />: it expires
              </>
            ) : null}
          </p>
        </div>
        {content.map(({ label, text, untrusted }) => (
          <WrittenText key={label} label={label} text={text} untrusted={untrusted} />
        ))}
        {content.length === 0 ? (
          <p className="text-sm text-muted italic">Your role does not include reading what was written.</p>
        ) : null}
        <p className="text-xs text-muted">
          A decision holds for exactly this, and for nothing else. Its mark:{' '}
          <code className="font-mono break-all">{contentHash.slice(0, 12)}</code>
        </p>
        {state === 'open' ? <WhatToDo item={item} onDecided={onDecided} /> : <Decided item={item} />}
        <Ways item={item} />
      </div>
    </Card>
  );
}

function WhatToDo({ item, onDecided }: { item: InboxItemDetail; onDecided: () => void }) {
  const forbidden = useWhyForbidden('inbox:decide');
  const whyNot = forbidden ?? item.whyNot;
  return (
    <div className="space-y-4 border-t border-line pt-4">
      {whyNot ? <p className="text-sm text-warn">{whyNot}</p> : null}
      {item.isQuestion ? <AnswerForm item={item} whyNot={whyNot} onDecided={onDecided} /> : null}
      {item.decisions.length > 0 ? <DecideButtons item={item} whyNot={whyNot} onDecided={onDecided} /> : null}
      <AssignField item={item} whyNot={forbidden} />
    </div>
  );
}

function Decided({ item: { decidedBy, decidedAt, reason, answer } }: { item: InboxItemDetail }) {
  return (
    <div className="space-y-2 border-t border-line pt-4 text-sm">
      <p>
        {decidedBy ?? 'Nobody'}
        {decidedAt ? (
          <>
            , <Time at={decidedAt} />
          </>
        ) : null}
        {reason ? `: ${reason}` : ''}
      </p>
      {answer ? <WrittenText label="The answer" text={answer} /> : null}
    </div>
  );
}

function Ways({ item }: { item: InboxItemDetail }) {
  const subject = subjectOf(item);
  return (
    <div className="flex flex-wrap gap-2">
      {subject ? (
        <ButtonLink icon={<SquareArrowOutUpRight />} href={subject.path}>
          {subject.word}
        </ButtonLink>
      ) : null}
      {item.traceId ? (
        <ButtonLink icon={<ChartGantt />} href={paths.trace(item.traceId)}>
          What led to it
        </ButtonLink>
      ) : null}
    </div>
  );
}
