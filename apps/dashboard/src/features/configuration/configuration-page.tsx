'use client';

import { Tabs } from '@base-ui/react/tabs';
import { lazily } from '../../lib/lazily.tsx';
import { useHydrated } from '../../lib/use-hydrated.ts';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Page, Skeleton } from '../../ui/page.tsx';

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
      <Tabs.Root
        value={tab}
        onValueChange={(next) =>
          setParams({ tab: next === 'templates' ? null : String(next), open: null, search: null })
        }
      >
        <Tabs.List className="mb-5 flex gap-1 overflow-x-auto border-b border-line" aria-label="What bots share">
          {tabs.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium whitespace-nowrap text-muted hover:text-text data-active:border-accent data-active:text-text"
            >
              {names[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="templates">{isHydrated ? <Templates /> : waiting}</Tabs.Panel>
        <Tabs.Panel value="profiles">{isHydrated ? <Profiles /> : waiting}</Tabs.Panel>
        <Tabs.Panel value="overlays">{isHydrated ? <Overlays /> : waiting}</Tabs.Panel>
        <Tabs.Panel value="skills">{isHydrated ? <Skills /> : waiting}</Tabs.Panel>
      </Tabs.Root>
    </Page>
  );
}
