'use client';

import { api } from '@clawster/contract/api';
import type { DirectoryGroup } from '@clawster/contract/directory';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Skeleton, Trouble } from '../../ui/page.tsx';

const shownMax = 200;

/** The groups that the directory has sent, each with the role it gives. */
export function DirectoryGroups() {
  const { data, error } = useQuery(q(api.directory.groups, { limit: shownMax }));
  if (error && !data) return <Trouble message={sentenceOf(error)} />;
  if (!data) return <Skeleton className="h-16 w-full" />;
  return (
    <section aria-label="Groups of the directory">
      <h3 className="mb-1.5 text-sm font-medium">Groups</h3>
      {data.items.length === 0 ? (
        <p className="text-sm text-muted">It has sent no group yet. Assign groups to Clawster there, and push them.</p>
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line">
          {data.items.map((group) => (
            <GroupRow key={group.id} group={group} />
          ))}
        </ul>
      )}
      <p className="mt-1.5 text-xs text-muted">
        {data.total > shownMax ? `The first ${shownMax} of ${data.total}. ` : ''}Which group has which role is set
        above, by a group&apos;s name or its external id.
      </p>
    </section>
  );
}

function GroupRow({ group: { name, externalId, members, role, whyNoRole } }: { group: DirectoryGroup }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 px-3 py-2 text-sm">
      <span className="min-w-0 flex-1 basis-40">
        <span className="font-medium break-words">{name}</span>
        {externalId ? <span className="block font-mono text-xs break-all text-muted">{externalId}</span> : null}
        {whyNoRole ? <span className="block text-xs text-bad">{whyNoRole}</span> : null}
      </span>
      <span className="w-24 text-muted">{count(members, 'member')}</span>
      <span className="w-24 text-right">{role ?? <span className="text-muted">no role</span>}</span>
    </li>
  );
}
