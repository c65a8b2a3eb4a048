'use client';

import { Tabs } from '@base-ui/react/tabs';
import { lazily } from '../../lib/lazily.tsx';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Page } from '../../ui/page.tsx';
import { Account } from '../account/account.tsx';
import { IdentityFacts } from '../account/identity-facts.tsx';
import { ApiKeys } from '../api-key/api-keys.tsx';
import { ServiceAccounts } from '../service-account/service-accounts.tsx';
import { People } from '../person/people.tsx';
import { RequiredFactor } from '../person/required-factor.tsx';
import { Roles } from '../role/roles.tsx';
import { Sessions } from '../session/sessions.tsx';
import { RenameWorkspace } from '../workspace/rename-workspace.tsx';
import { About } from './about.tsx';

const SingleSignOn = lazily(() => import('../sso/single-sign-on.tsx').then((module) => module.SingleSignOn));
const MailServer = lazily(() => import('../mail/mail-server.tsx').then((module) => module.MailServer));

const sections = [
  'account',
  'sessions',
  'api-keys',
  'people',
  'roles',
  'workspace',
  'security',
  'sso',
  'mail',
  'about',
] as const;
const names: Record<(typeof sections)[number], string> = {
  account: 'Account',
  sessions: 'Sessions',
  'api-keys': 'API keys',
  people: 'People',
  workspace: 'Workspace',
  security: 'Security',
  roles: 'Roles',
  sso: 'Single sign-on',
  mail: 'Mail',
  about: 'About',
};

export function SettingsPage() {
  const [params, setParams] = useUrlState();
  const section = oneOf(sections, params.get('section')) ?? 'account';
  return (
    <Page title="Settings">
      <Tabs.Root
        value={section}
        onValueChange={(next) => setParams({ section: next === 'account' ? null : String(next) })}
      >
        <Tabs.List className="mb-5 flex gap-1 overflow-x-auto border-b border-line" aria-label="Sections">
          {sections.map((name) => (
            <Tabs.Tab
              key={name}
              value={name}
              className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm font-medium whitespace-nowrap text-muted hover:text-text data-active:border-accent data-active:text-text"
            >
              {names[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="account" className="space-y-5">
          <IdentityFacts />
          <Account />
        </Tabs.Panel>
        <Tabs.Panel value="sessions">
          <Sessions />
        </Tabs.Panel>
        <Tabs.Panel value="api-keys" className="space-y-5">
          <ApiKeys />
          <ServiceAccounts />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <People />
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <Roles />
        </Tabs.Panel>
        <Tabs.Panel value="workspace">
          <RenameWorkspace />
        </Tabs.Panel>
        <Tabs.Panel value="security">
          <RequiredFactor />
        </Tabs.Panel>
        <Tabs.Panel value="sso">
          <SingleSignOn />
        </Tabs.Panel>
        <Tabs.Panel value="mail">
          <MailServer />
        </Tabs.Panel>
        <Tabs.Panel value="about">
          <About />
        </Tabs.Panel>
      </Tabs.Root>
    </Page>
  );
}
