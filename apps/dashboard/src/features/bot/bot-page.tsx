'use client';

import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import { Tabs } from '@base-ui/react/tabs';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Empty, Skeleton, Trouble } from '../../ui/page.tsx';
import { RunningOperation } from '../backup/operation-card.tsx';
import { Chat } from '../turn/chat.tsx';
import { BotHeader } from './page/bot-header.tsx';

const Overview = dynamic(() => import('./page/overview.tsx').then((module) => module.Overview));
const Logs = dynamic(() => import('./page/logs.tsx').then((module) => module.Logs));
const Backups = dynamic(() => import('../backup/backups.tsx').then((module) => module.Backups));
const Doctor = dynamic(() => import('./page/doctor.tsx').then((module) => module.Doctor));

const tabs = ['chat', 'overview', 'logs', 'backups', 'doctor'] as const;
const tabNames: Record<(typeof tabs)[number], string> = {
  chat: 'Chat',
  overview: 'Overview',
  logs: 'Logs',
  backups: 'Backups',
  doctor: 'Doctor',
};

export function BotPage({ botId }: { botId: string }) {
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('chat'));
  const { data: bot, error, refetch } = useQuery(q(api.bots.get, { botId }));
  if (error && !bot)
    return isMissing(error) ? (
      <NoSuchBot />
    ) : (
      <div className="p-6">
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      </div>
    );
  return (
    <div className="flex h-full min-h-0 flex-col">
      {bot ? <BotHeader bot={bot} /> : <SkeletonHeader />}
      {bot ? <RunningOperation botId={bot.id} /> : null}
      <Tabs.Root
        value={tab}
        onValueChange={(next) => void setTab(next as typeof tab)}
        className="flex min-h-0 flex-1 flex-col"
      >
        <Tabs.List className="flex gap-1 border-b border-line px-3 sm:px-5" aria-label="Parts of the bot">
          {tabs.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium text-muted hover:text-text data-active:border-accent data-active:text-text"
            >
              {tabNames[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {bot ? (
          <>
            <Tabs.Panel value="chat" className="flex min-h-0 flex-1 flex-col">
              <Chat bot={bot} />
            </Tabs.Panel>
            <Tabs.Panel value="overview" className="min-h-0 flex-1 overflow-y-auto">
              <Overview bot={bot} />
            </Tabs.Panel>
            <Tabs.Panel value="logs" className="flex min-h-0 flex-1 flex-col">
              <Logs bot={bot} />
            </Tabs.Panel>
            <Tabs.Panel value="backups" className="min-h-0 flex-1 overflow-y-auto">
              <Backups bot={bot} />
            </Tabs.Panel>
            <Tabs.Panel value="doctor" className="min-h-0 flex-1 overflow-y-auto">
              <Doctor bot={bot} />
            </Tabs.Panel>
          </>
        ) : null}
      </Tabs.Root>
    </div>
  );
}

function isMissing(error: Error): boolean {
  return error instanceof ProblemError && (error.code === 'not-found' || error.code === 'invalid');
}

function NoSuchBot() {
  return (
    <div className="pt-[10vh]">
      <h1 className="sr-only">Bot not found</h1>
      <Empty
        title="There is no such bot"
        action={
          <ButtonLink look="primary" href={paths.bots}>
            See all bots
          </ButtonLink>
        }
      >
        It may have been destroyed, or it belongs to another workspace.
      </Empty>
    </div>
  );
}

function SkeletonHeader() {
  return (
    <div className="flex min-h-[5.5rem] flex-col justify-center gap-2 px-4 sm:px-6">
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-4 w-72" />
    </div>
  );
}
