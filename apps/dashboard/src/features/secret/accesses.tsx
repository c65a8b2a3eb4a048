'use client';

import { api } from '@clawster/contract/api';
import type { SecretAccess } from '@clawster/contract/secret';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';

/** Who was given a secret, and whether they proved that they work with it. */
export function Accesses({ secretId }: { secretId: string }) {
  const query = useInfiniteQuery(qPages(api.secrets.accesses, { secretId, limit: 50 }));
  const accesses = query.data?.pages.flatMap((page) => page.items);
  if (query.error && !accesses) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <Card title="Who was given it" flush>
      {accesses?.length === 0 ? <p className="p-4 text-sm text-muted">It went to no bot yet.</p> : null}
      <ul className="divide-y divide-line" aria-label="Who was given it" aria-busy={!accesses}>
        {accesses?.map((access) => <AccessRow key={access.botId + access.version} access={access} />) ?? (
          <RowsWaiting rows={2} />
        )}
      </ul>
      <ShowMore query={query} className="border-t border-line p-3" />
    </Card>
  );
}

function AccessRow({ access: { botId, botName, version, lastAt, count: times, proof } }: { access: SecretAccess }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
      <Link href={paths.bot(botId)} className="font-medium hover:underline">
        {botName}
      </Link>
      <span className="min-w-0 flex-1 basis-56 text-muted">
        version {version}, {count(times, 'time')}, last <Time at={lastAt} />
      </span>
      <StateWord look={lookOf(proof)} />
    </li>
  );
}

function lookOf(proof: SecretAccess['proof']): Look {
  if (!proof) return { word: 'Not proven yet', tone: 'off', shape: 'question' };
  return proof.ok
    ? { word: 'Works with it', tone: 'ok', shape: 'disc' }
    : { word: proof.text, tone: 'bad', shape: 'cross' };
}
