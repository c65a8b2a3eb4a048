import { access } from './access.ts';
import { account } from './account.ts';
import { apiKeys } from './api-key.ts';
import { auditRetention } from './audit-retention.ts';
import { capture } from './capture.ts';
import { auditSinks } from './audit-sink.ts';
import { auditViews } from './audit-view.ts';
import { audit } from './audit.ts';
import { backups } from './backup.ts';
import { budgets } from './budget.ts';
import { bots } from './bot-routes.ts';
import { channels } from './channel-routes.ts';
import { configurations } from './configuration.ts';
import { connectors } from './connector.ts';
import { contextEntries } from './context-entry.ts';
import { costs } from './cost-routes.ts';
import { delegations } from './delegation.ts';
import { directory } from './directory.ts';
import { events } from './event.ts';
import { exporters } from './exporter.ts';
import { findings } from './finding.ts';
import { fleet } from './fleet.ts';
import { goals } from './goal-routes.ts';
import { health, incidents } from './health.ts';
import { inbox } from './inbox.ts';
import { invitations } from './invitation.ts';
import { keys } from './key.ts';
import { linkOuts } from './link-out.ts';
import { mail } from './mail.ts';
import { manifests } from './manifest.ts';
import { metrics } from './metrics.ts';
import { notifiers } from './notifier.ts';
import { operations } from './operation.ts';
import { orphans } from './orphan.ts';
import { overlays } from './overlay.ts';
import { passwordResets } from './password-reset.ts';
import { people } from './person.ts';
import { passkeys } from './passkey.ts';
import { profiles } from './profile.ts';
import { revisions } from './revision.ts';
import { roleBindings, roles } from './role.ts';
import type { Route } from './route.ts';
import { rotations } from './rotation.ts';
import { runtimes } from './runtime.ts';
import { scans } from './scan.ts';
import { secrets } from './secret.ts';
import { serviceAccounts } from './service-account.ts';
import { sessions } from './session.ts';
import { setup } from './setup.ts';
import { skills } from './skill.ts';
import { sso } from './sso.ts';
import { system } from './system.ts';
import { targets } from './target.ts';
import { teamRules } from './team-rule.ts';
import { teams } from './team-routes.ts';
import { templates } from './template.ts';
import { traces } from './trace-routes.ts';
import { turns } from './turn.ts';
import { workspace, workspaces } from './workspace.ts';

/** Where the routes live on the server's origin. */
export const apiPrefix = '/api/v1';

/** Every operation of the product, by noun and verb. */
export const api = {
  system,
  setup,
  workspace,
  workspaces,
  sessions,
  sso,
  directory,
  people,
  roles,
  roleBindings,
  access,
  invitations,
  mail,
  account,
  passkeys,
  passwordResets,
  apiKeys,
  serviceAccounts,
  events,
  audit,
  auditRetention,
  auditSinks,
  auditViews,
  capture,
  keys,
  connectors,
  channels,
  secrets,
  rotations,
  scans,
  findings,
  costs,
  targets,
  orphans,
  runtimes,
  bots,
  configurations,
  revisions,
  templates,
  profiles,
  overlays,
  skills,
  manifests,
  backups,
  operations,
  fleet,
  budgets,
  health,
  incidents,
  turns,
  traces,
  metrics,
  exporters,
  linkOuts,
  teams,
  teamRules,
  delegations,
  goals,
  contextEntries,
  inbox,
  notifiers,
} satisfies Record<string, Record<string, Route>>;
export type Api = typeof api;

/** All routes as a list, each with its `noun.verb` name. */
export function allRoutes(): { name: string; route: Route }[] {
  return Object.entries(api).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, definition]) => ({ name: `${noun}.${verb}`, route: definition as Route })),
  );
}
