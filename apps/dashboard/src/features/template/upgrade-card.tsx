'use client';

import type { ListedBot } from '@clawster/contract/bot';
import type { Template } from '@clawster/contract/template';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { onAll, type Result } from '../bot/act-on-all.ts';
import { ActionResults } from '../bot/action-results.tsx';
import { useWhyNot } from '../bot/use-why-not.ts';
import { ReviewDialog } from '../configuration/review-dialog.tsx';
import { outdatedBots } from './outdated-bots.ts';

/** The bots made from an older version: each is looked over and upgraded, or all at once with a result for each that stays. */
export function UpgradeCard({ template }: { template: Template }) {
  const { version, outdatedCount } = template;
  const { query, upgradeAll, done, results, forget } = useUpgrades(template);
  const bots = query.data;
  if (outdatedCount === 0 && !results) return null;
  return (
    <Card
      title={`${count(outdatedCount, 'bot')} can be upgraded to version ${version}`}
      flush
      actions={
        <Button busy={done !== undefined} whyNot={whyNotAll(bots)} onClick={upgradeAll}>
          {done === undefined ? 'Upgrade all' : `${done} of ${bots?.length ?? 0} done`}
        </Button>
      }
    >
      {query.error && !bots ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <OutdatedBots template={template} bots={bots} />
      )}
      {results ? (
        <div className="border-t border-line px-4 py-2">
          <ActionResults participle="upgraded" results={results} onClose={forget} />
        </div>
      ) : null}
    </Card>
  );
}

function whyNotAll(bots: ListedBot[] | undefined): string | undefined {
  if (!bots) return 'Wait for the list';
  return bots.length === 0 ? 'All have this version' : undefined;
}

function useUpgrades(template: Template) {
  const { id, version, outdatedCount } = template;
  const queryClient = useQueryClient();
  const whyNot = useWhyNot();
  const [done, setDone] = useState<number>();
  const [results, setResults] = useState<Result[]>();
  const query = useQuery({
    queryKey: ['templates', 'outdated', id, version, outdatedCount],
    queryFn: ({ signal }) => outdatedBots(template, signal),
  });
  const upgradeAll = async () => {
    setDone(0);
    const subjects = (query.data ?? []).map((bot) => ({ id: bot.id, name: bot.name, reason: whyNot('update', bot) }));
    setResults(await onAll(subjects, (bot) => upgrade(template, bot.id), setDone));
    setDone(undefined);
    await queryClient.invalidateQueries();
  };
  return { query, upgradeAll: () => void upgradeAll(), done, results, forget: () => setResults(undefined) };
}

function upgrade({ id, version }: Template, botId: string): Promise<unknown> {
  return client.bots.update({ botId, template: { id, version }, reason: `Upgraded to version ${version}` });
}

function OutdatedBots({ template, bots }: { template: Template; bots: ListedBot[] | undefined }) {
  const { id, name, version } = template;
  const whyNot = useWhyNot();
  const [asked, setAsked] = useState<ListedBot>();
  const close = () => setAsked(undefined);
  return (
    <>
      <ul className="max-h-72 divide-y divide-line overflow-y-auto text-sm" aria-label="Bots to upgrade" tabIndex={0}>
        {bots?.map((bot) => (
          <li key={bot.id} className="flex min-h-11 flex-wrap items-center justify-between gap-2 px-4 py-1">
            <Link
              href={paths.bot(bot.id, 'configuration')}
              className="min-w-0 flex-1 break-words text-accent underline"
            >
              {bot.name}
            </Link>
            <span className="text-muted">from version {bot.spec.template?.version}</span>
            <Button whyNot={whyNot('update', bot)} onClick={() => setAsked(bot)}>
              Upgrade…<span className="sr-only"> {bot.name}</span>
            </Button>
          </li>
        )) ?? (
          <li className="p-4">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
      </ul>
      {asked ? (
        <ReviewDialog
          title={`Upgrade ${asked.name} to version ${version} of ${name}`}
          proposed={{ kind: 'bot', botId: asked.id, change: { template: { id, version } } }}
          verb="Upgrade"
          withReason={false}
          save={async () => {
            await upgrade(template, asked.id);
            return `${asked.name} was upgraded.`;
          }}
          onDone={close}
          onClose={close}
        />
      ) : null}
    </>
  );
}
