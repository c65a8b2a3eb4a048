import type { InboxItem } from '@clawster/contract/inbox';
import { clsx } from 'clsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { kindWords, stateLooks } from './inbox-looks.ts';

type InboxRowProps = { item: InboxItem; isOpen: boolean; onOpen: () => void };

/** One of what waits or was decided. */
export function InboxRow({ item, isOpen, onOpen }: InboxRowProps) {
  const { id, kind, state, title, teamName, botName, assignee, createdAt, expiresAt, decidedBy, decidedAt } = item;
  return (
    <li className={clsx('relative px-4 py-3', isOpen ? 'bg-accent-soft' : 'hover:bg-hover')}>
      <button
        type="button"
        data-item={id}
        aria-current={isOpen ? 'true' : undefined}
        className="text-left font-medium break-words after:absolute after:inset-0"
        onClick={onOpen}
      >
        {title}
      </button>
      <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        {state === 'open' ? null : <StateWord look={stateLooks[state]} />}
        <span>{[kindWords[kind], teamName, botName].filter(Boolean).join(' · ')}</span>
      </p>
      <p className="text-sm text-muted">
        {decidedAt ? (
          <>
            {decidedBy ?? 'Clawster'}, <Time at={decidedAt} />
          </>
        ) : (
          <>
            <Time at={createdAt} />
            {expiresAt ? (
              <>
                , expires <Time at={expiresAt} />
              </>
            ) : null}
            {assignee ? `, for ${assignee.name}` : ''}
          </>
        )}
      </p>
    </li>
  );
}
