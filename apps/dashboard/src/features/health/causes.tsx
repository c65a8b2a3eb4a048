'use client';

import type { CauseGroup } from '@clawster/contract/health';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { Time } from '../../ui/time.tsx';

type CausesProps = { causes: readonly CauseGroup[]; max?: number };

/** What is the matter, each with whom it touches and what to do. */
export function Causes({ causes, max = causes.length }: CausesProps) {
  const hidden = causes.length - max;
  return (
    <ul className="divide-y divide-line" aria-label="What needs somebody">
      {causes.slice(0, max).map((cause) => (
        <CauseRow key={`${cause.signal} ${cause.text}`} cause={cause} />
      ))}
      {hidden > 0 ? (
        <li className="py-2.5 text-sm text-muted">
          <Link href={paths.health()} className="text-accent underline underline-offset-2">
            and {count(hidden, 'more cause')}
          </Link>
        </li>
      ) : null}
    </ul>
  );
}

function CauseRow({ cause: { text, bots, some, fix, since } }: { cause: CauseGroup }) {
  return (
    <li className="py-2.5 text-sm first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link href={paths.health({ cause: text })} className="font-medium text-accent underline underline-offset-2">
          {count(bots, 'bot')}: {text}
        </Link>
        <span className="text-muted">
          since <Time at={since} />
        </span>
      </p>
      <p className="break-words text-muted">
        {some.map(({ name }) => name).join(', ')}
        {bots > some.length ? ` and ${(bots - some.length).toLocaleString('en')} more` : ''}
      </p>
      {fix ? <p className="text-muted">{fix}.</p> : null}
    </li>
  );
}
