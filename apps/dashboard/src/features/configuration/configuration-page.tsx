'use client';

import { lazily } from '../../lib/lazily.tsx';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Page, Skeleton } from '../../ui/page.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';

const waiting = <Skeleton className="h-64 w-full" />;
const Templates = lazily(() => import('../template/templates.tsx').then((module) => module.Templates), waiting);
const Profiles = lazily(() => import('../profile/profiles.tsx').then((module) => module.Profiles), waiting);
const Overlays = lazily(() => import('../overlay/overlays.tsx').then((module) => module.Overlays), waiting);
const Skills = lazily(() => import('../skill/skills.tsx').then((module) => module.Skills), waiting);

const tabs = ['templates', 'profiles', 'overlays', 'skills'] as const;
const names: Record<(typeof tabs)[number], string> = {
  templates: 'Templates',
  profiles: 'Profiles',
  overlays: 'Overlays',
  skills: 'Skills',
};

/** The layers that bots share, the lowest first: what they are made from, what many have, and small differences above; beside them the skills that layers name. */
export function ConfigurationPage() {
  const [params, setParams] = useUrlState();
  // An address may open a form, which the server would send as well.
  const isHydrated = useHydrated();
  const tab = oneOf(tabs, params.get('tab')) ?? 'templates';
  return (
    <Page
      title="Configuration"
      lead="Layers that bots share: a template below, profiles above it, overlays above those; and the skills they name."
    >
      <Tabs
        label="What bots share"
        tabs={tabs}
        names={names}
        value={tab}
        onChange={(next) => setParams({ tab: next === 'templates' ? null : next, open: null, search: null })}
      >
        <TabPanel value="templates">{isHydrated ? <Templates /> : waiting}</TabPanel>
        <TabPanel value="profiles">{isHydrated ? <Profiles /> : waiting}</TabPanel>
        <TabPanel value="overlays">{isHydrated ? <Overlays /> : waiting}</TabPanel>
        <TabPanel value="skills">{isHydrated ? <Skills /> : waiting}</TabPanel>
      </Tabs>
    </Page>
  );
}
