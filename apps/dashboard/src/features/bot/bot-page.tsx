'use client';

import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import { useQuery } from '@tanstack/react-query';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';
import { RunningOperation } from '../backup/operation-card.tsx';
import { Chat } from '../turn/chat.tsx';
import { BotHeader } from './page/bot-header.tsx';
import { DestroyedBanner } from './page/destroyed-banner.tsx';

const Overview = lazily(() => import('./page/overview.tsx').then((module) => module.Overview), <TwoCards />);
const Health = lazily(() => import('../health/bot-health.tsx').then((module) => module.BotHealth), <OneCard />);
const Configuration = lazily(
  () => import('../configuration/bot-configuration.tsx').then((module) => module.BotConfiguration),
  <TwoCards />,
);
const Channels = lazily(() => import('../channel/bot-channels.tsx').then((module) => module.BotChannels), <OneCard />);
const TurnFeed = lazily(() => import('../activity/turn-feed.tsx').then((module) => module.TurnFeed), <OneCard />);
const Logs = lazily(() => import('./page/logs.tsx').then((module) => module.Logs), <OneCard />);
const Backups = lazily(() => import('../backup/backups.tsx').then((module) => module.Backups), <OneCard />);
const Cost = lazily(() => import('../cost/bot-cost.tsx').then((module) => module.BotCost), <OneCard />);
const Revisions = lazily(() => import('../revision/revisions.tsx').then((module) => module.Revisions), <OneCard />);
const Doctor = lazily(() => import('./page/doctor.tsx').then((module) => module.Doctor), <OneCard />);

const tabs = [
  'chat',
  'overview',
  'health',
  'configuration',
  'revisions',
  'channels',
  'activity',
  'cost',
  'logs',
  'backups',
  'doctor',
] as const;
const tabNames: Record<(typeof tabs)[number], string> = {
  chat: 'Chat',
  overview: 'Overview',
  health: 'Health',
  configuration: 'Configuration',
  revisions: 'Revisions',
  channels: 'Channels',
  activity: 'Activity',
  cost: 'Cost',
  logs: 'Logs',
  backups: 'Backups',
  doctor: 'Doctor',
};

/** What was seen of a bot, and what it takes of its host, change without an event. */
const lookAgainMs = 10_000;

export function BotPage({ botId }: { botId: string }) {
  const { data: bot, error, refetch } = useQuery({ ...q(api.bots.get, { botId }), refetchInterval: lookAgainMs });
  if (error && !bot)
    return isMissing(error) ? (
      <NoSuchBot />
    ) : (
      <div className="p-6">
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      </div>
    );
  return bot ? <KnownBot bot={bot} /> : <Waiting />;
}

function KnownBot({ bot }: { bot: Bot }) {
  const [params, setParams] = useUrlState();
  const isDestroyed = bot.spec.desired === 'destroyed';
  // With a bot that is gone there is nothing to talk about; what it was can still be read.
  const usual = isDestroyed ? 'overview' : 'chat';
  const tab = oneOf(tabs, params.get('tab')) ?? usual;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <BotHeader bot={bot} />
      {isDestroyed ? <DestroyedBanner bot={bot} /> : null}
      <RunningOperation botId={bot.id} />
      <Tabs
        label="Parts of the bot"
        tabs={tabs}
        names={tabNames}
        value={tab}
        onChange={(next) => setParams({ tab: next === usual ? null : next, compare: null })}
        fills
      >
        <TabPanel value="chat" className="flex min-h-0 flex-1 flex-col">
          <Chat bot={bot} />
        </TabPanel>
        <TabPanel value="overview" className="min-h-0 flex-1 overflow-y-auto">
          <Overview bot={bot} />
        </TabPanel>
        <TabPanel value="health" className="min-h-0 flex-1 overflow-y-auto">
          <Health bot={bot} />
        </TabPanel>
        <TabPanel value="configuration" className="min-h-0 flex-1 overflow-y-auto">
          <Configuration bot={bot} />
        </TabPanel>
        <TabPanel value="revisions" className="min-h-0 flex-1 overflow-y-auto">
          <Revisions bot={bot} />
        </TabPanel>
        <TabPanel value="channels" className="min-h-0 flex-1 overflow-y-auto">
          <Channels bot={bot} />
        </TabPanel>
        <TabPanel value="activity" className="flex min-h-0 flex-1 flex-col">
          <TurnFeed botId={bot.id} />
        </TabPanel>
        <TabPanel value="cost" className="min-h-0 flex-1 overflow-y-auto">
          <Cost bot={bot} />
        </TabPanel>
        <TabPanel value="logs" className="flex min-h-0 flex-1 flex-col">
          <Logs bot={bot} />
        </TabPanel>
        <TabPanel value="backups" className="min-h-0 flex-1 overflow-y-auto">
          <Backups bot={bot} />
        </TabPanel>
        <TabPanel value="doctor" className="min-h-0 flex-1 overflow-y-auto">
          <Doctor bot={bot} />
        </TabPanel>
      </Tabs>
    </div>
  );
}

function TwoCards() {
  return (
    <div aria-busy className="mx-auto grid max-w-6xl gap-5 p-4 sm:p-6 lg:grid-cols-2">
      <Skeleton className="h-96 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}

function OneCard() {
  return (
    <div aria-busy className="p-4 sm:p-6">
      <Skeleton className="h-64 w-full" />
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
        It was destroyed and its state is gone, or it belongs to another workspace.
      </Empty>
    </div>
  );
}

/** How high the header will be is not known yet: what stands beneath it comes with it, and never moves. */
function Waiting() {
  return (
    <div aria-busy className="flex min-h-[5.5rem] flex-col justify-center gap-2 px-4 sm:px-6">
      <h1 className="sr-only">Bot</h1>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-4 w-72 max-w-full" />
    </div>
  );
}
