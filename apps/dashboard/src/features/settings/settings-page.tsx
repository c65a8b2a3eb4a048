'use client';

import { lazily } from '../../lib/lazily.tsx';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';
import { Page } from '../../ui/page.tsx';
import { TabPanel, Tabs } from '../../ui/tabs.tsx';
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
const SecretKeys = lazily(() => import('../key/secret-keys.tsx').then((module) => module.SecretKeys));
const ExportSection = lazily(() => import('./export-section.tsx').then((module) => module.ExportSection));
const CapturePolicy = lazily(() => import('../capture/capture-policy.tsx').then((module) => module.CapturePolicy));
const Notifiers = lazily(() => import('../notifier/notifiers.tsx').then((module) => module.Notifiers));
const MailServer = lazily(() => import('../mail/mail-server.tsx').then((module) => module.MailServer));

const sections = [
  'account',
  'sessions',
  'api-keys',
  'people',
  'roles',
  'workspace',
  'conversations',
  'security',
  'sso',
  'mail',
  'notifiers',
  'export',
  'about',
] as const;
const names: Record<(typeof sections)[number], string> = {
  account: 'Account',
  sessions: 'Sessions',
  'api-keys': 'API keys',
  people: 'People',
  workspace: 'Workspace',
  conversations: 'Conversations',
  security: 'Security',
  roles: 'Roles',
  sso: 'Single sign-on',
  mail: 'Mail',
  notifiers: 'Notifiers',
  export: 'Export',
  about: 'About',
};

export function SettingsPage() {
  const [params, setParams] = useUrlState();
  const section = oneOf(sections, params.get('section')) ?? 'account';
  return (
    <Page title="Settings">
      <Tabs
        label="Sections"
        tabs={sections}
        names={names}
        value={section}
        onChange={(next) => setParams({ section: next === 'account' ? null : next })}
      >
        <TabPanel value="account" className="space-y-5">
          <IdentityFacts />
          <Account />
        </TabPanel>
        <TabPanel value="sessions">
          <Sessions />
        </TabPanel>
        <TabPanel value="api-keys" className="space-y-5">
          <ApiKeys />
          <ServiceAccounts />
        </TabPanel>
        <TabPanel value="people">
          <People />
        </TabPanel>
        <TabPanel value="roles">
          <Roles />
        </TabPanel>
        <TabPanel value="workspace">
          <RenameWorkspace />
        </TabPanel>
        <TabPanel value="conversations">
          <CapturePolicy />
        </TabPanel>
        <TabPanel value="security" className="space-y-5">
          <RequiredFactor />
          <SecretKeys />
        </TabPanel>
        <TabPanel value="sso">
          <SingleSignOn />
        </TabPanel>
        <TabPanel value="mail">
          <MailServer />
        </TabPanel>
        <TabPanel value="notifiers">
          <Notifiers />
        </TabPanel>
        <TabPanel value="export">
          <ExportSection />
        </TabPanel>
        <TabPanel value="about">
          <About />
        </TabPanel>
      </Tabs>
    </Page>
  );
}
