import { type AuditRange, auditRangeHours } from '@clawster/contract/audit-range';
import { useMemo } from 'react';
import { oneOf, useUrlState } from '../../lib/use-url-state.ts';

export const actorWords = {
  person: 'People',
  'api-key': 'API keys',
  'service-account': 'Service accounts',
  directory: 'Directories',
  bot: 'Bots',
  system: 'Clawster',
} as const;
export const outcomeWords = { done: 'Done', refused: 'Refused', failed: 'Failed' } as const;
export const rangeWords: Record<AuditRange, string> = {
  hour: 'Last hour',
  day: 'Last day',
  week: 'Last week',
  month: 'Last 30 days',
};
export const nounWords = {
  bot: 'Bots',
  incident: 'Incidents',
  session: 'Sign-ins',
  request: 'Refused requests',
  'api-key': 'API keys',
  'service-account': 'Service accounts',
  secret: 'Secrets',
  key: 'Keys of the secrets',
  directory: 'Directories',
  template: 'Templates',
  profile: 'Profiles',
  overlay: 'Overlays',
  budget: 'Budgets',
  revision: 'Revisions',
  skill: 'Skills',
  manifest: 'Files that were applied',
  capture: 'What is kept of conversations',
  connector: 'Connectors',
  channel: 'Channels',
  rotation: 'Rotations of secrets',
  scan: 'Scans for secrets',
  finding: 'Secrets found in plain sight',
  team: 'Teams',
  goal: 'Goals',
  task: 'Tasks',
  delegation: 'Delegations',
  context: 'What teams know',
  inbox: 'What waits for people',
  notifier: 'Notifiers',
  target: 'Targets',
  cost: 'Costs',
  runtime: 'Runtimes',
  backup: 'Backups',
  operation: 'Operations',
  turn: 'Chats',
  fleet: 'Emergency stops',
  person: 'People',
  invitation: 'Invitations',
  role: 'Roles',
  workspace: 'Workspaces',
  sso: 'Single sign-on',
  mail: 'Mail',
  audit: 'The audit trail',
  exporter: 'Exporters',
  'link-out': 'Links to other tools',
  installation: 'Restored copies',
  setup: 'Setting up',
} as const;

const hourMs = 3_600_000;
const keys = <Key extends string>(words: Readonly<Record<Key, string>>) => Object.keys(words) as Key[];

export type AuditFilter = {
  search: string;
  by: keyof typeof actorWords | undefined;
  outcome: keyof typeof outcomeWords | undefined;
  noun: keyof typeof nounWords | undefined;
  range: keyof typeof rangeWords | undefined;
  /** The event that is looked at. */
  event: string | undefined;
};
export type SetAuditFilter = (change: Partial<Record<keyof AuditFilter, string | null>>) => void;

/** Which events are shown; lives in the URL, so that any view can be kept and sent to a colleague. */
export function useAuditFilter(): [AuditFilter, SetAuditFilter] {
  const [params, setParams] = useUrlState();
  const filter = useMemo(
    () => ({
      search: params.get('search') ?? '',
      by: oneOf(keys(actorWords), params.get('by')),
      outcome: oneOf(keys(outcomeWords), params.get('outcome')),
      noun: oneOf(keys(nounWords), params.get('noun')),
      range: oneOf(keys(rangeWords), params.get('range')),
      event: params.get('event') ?? undefined,
    }),
    [params],
  );
  const set: SetAuditFilter = (change) =>
    setParams(Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value || null])));
  return [filter, set];
}

/** The filter as the server takes it. To the minute, so that the same question stays the same. */
export function askOf({ search, by, outcome, noun, range }: AuditFilter) {
  const since =
    range && new Date(Math.floor((Date.now() - auditRangeHours[range] * hourMs) / 60_000) * 60_000).toISOString();
  return {
    ...(search.trim() ? { search: search.trim() } : {}),
    ...(by ? { actorKind: by } : {}),
    ...(outcome ? { outcome } : {}),
    ...(noun ? { noun } : {}),
    ...(since ? { since } : {}),
  };
}
