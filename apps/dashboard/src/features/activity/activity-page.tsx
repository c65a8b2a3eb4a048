'use client';

import { lazily } from '../../lib/lazily.tsx';
import type { ActivityTab } from '../../lib/paths.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Skeleton } from '../../ui/page.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';
import { TurnFeed } from './turn-feed.tsx';

const waiting = <Skeleton className="h-96 w-full" />;
const Conversations = lazily(() => import('./conversations.tsx').then((module) => module.Conversations), waiting);
const Messages = lazily(() => import('./messages.tsx').then((module) => module.Messages), waiting);
const Tools = lazily(() => import('./tools.tsx').then((module) => module.Tools), waiting);

const tabs = ['turns', 'conversations', 'messages', 'tools'] as const satisfies ActivityTab[];
const tabNames: Record<ActivityTab, string> = {
  turns: 'Turns',
  conversations: 'Conversations',
  messages: 'Messages',
  tools: 'Tools',
};

/** What bots do: turn by turn, who talks with them, and how well they answer and use their tools. */
export function ActivityPage() {
  const [params, setParams] = useUrlState();
  const tab = oneOf(tabs, params.get('tab')) ?? 'turns';
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="px-4 pt-5 pb-2 text-xl font-semibold tracking-tight sm:px-6">Activity</h1>
      <Tabs
        label="Parts of the activity"
        tabs={tabs}
        names={tabNames}
        value={tab}
        onChange={(next) => setParams({ tab: next === 'turns' ? null : next }, { push: true })}
        fills
      >
        <TabPanel value="turns" className="flex min-h-0 flex-1 flex-col">
          <TurnFeed />
        </TabPanel>
        <Scrolled value="conversations">
          <Conversations />
        </Scrolled>
        <Scrolled value="messages">
          <Messages />
        </Scrolled>
        <Scrolled value="tools">
          <Tools />
        </Scrolled>
      </Tabs>
    </div>
  );
}

function Scrolled({ value, children }: { value: ActivityTab; children: React.ReactNode }) {
  return (
    <TabPanel value={value} className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-6xl p-4 sm:p-6">{children}</div>
    </TabPanel>
  );
}
