'use client';

import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Page, Skeleton } from '../../ui/page.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';
import { RangeSelect } from './range-select.tsx';

const waiting = <Skeleton className="h-96 w-full" />;
const Overview = lazily(() => import('./cost-overview.tsx').then((module) => module.CostOverview), waiting);
const Conversations = lazily(
  () => import('./conversation-costs.tsx').then((module) => module.ConversationCosts),
  waiting,
);
const Infrastructure = lazily(() => import('./target-costs.tsx').then((module) => module.TargetCosts), waiting);

const tabs = ['overview', 'conversations', 'infrastructure'] as const;
const names: Record<(typeof tabs)[number], string> = {
  overview: 'Overview',
  conversations: 'Conversations',
  infrastructure: 'Infrastructure',
};

/** What bots cost: in all, by conversation, and by what they run on. */
export function CostPage() {
  const [params, setParams] = useUrlState();
  // The days depend on the time, which the server's page need not share.
  const isHydrated = useHydrated();
  const tab = oneOf(tabs, params.get('tab')) ?? 'overview';
  return (
    <Page
      title="Cost"
      lead="What models and infrastructure cost, in US dollars, by days of UTC."
      actions={
        <>
          {tab === 'infrastructure' ? null : <RangeSelect />}
          <ButtonLink href={paths.budgets()}>Budgets</ButtonLink>
        </>
      }
    >
      <Tabs
        label="Parts of the cost"
        tabs={tabs}
        names={names}
        value={tab}
        onChange={(next) => setParams({ tab: next === 'overview' ? null : next })}
      >
        <TabPanel value="overview">{isHydrated ? <Overview /> : waiting}</TabPanel>
        <TabPanel value="conversations">{isHydrated ? <Conversations /> : waiting}</TabPanel>
        <TabPanel value="infrastructure">{isHydrated ? <Infrastructure /> : waiting}</TabPanel>
      </Tabs>
    </Page>
  );
}
