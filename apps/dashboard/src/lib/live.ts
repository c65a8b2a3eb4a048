import { api, apiPrefix } from '@clawster/contract/api';
import type { EventRecord } from '@clawster/contract/event';
import type { QueryClient } from '@tanstack/react-query';
import type { Noun } from './query.ts';
import { refresher } from './refresher.ts';

export type LiveState = 'connecting' | 'live' | 'polling';

const pollEveryMs = 10_000;
const dialAgainMs = 5_000;
/** What was fetched this long before the stream stood may have changed unseen. */
const gapMsMax = 1_000;

/**
 * Keeps what is on the screen true: every event refreshes the queries of its nouns. While the stream is
 * down it asks every ten seconds instead, and once more when the stream is back; the browser resumes it
 * after the last event it saw.
 */
export function keepLive(queryClient: QueryClient, tell: (state: LiveState) => void): () => void {
  const { refresh, stop } = refresher(queryClient);
  const startedAt = performance.now();
  let everLive = false;
  let source: EventSource | undefined;
  let polling: ReturnType<typeof setInterval> | undefined;
  let dialling: ReturnType<typeof setTimeout> | undefined;

  const onOpen = () => {
    if (polling !== undefined || (!everLive && performance.now() - startedAt > gapMsMax)) refresh(liveNouns);
    everLive = true;
    clearInterval(polling);
    polling = undefined;
    tell('live');
  };
  const onError = () => {
    tell('polling');
    polling ??= setInterval(() => refresh(liveNouns), pollEveryMs);
    // A browser gives up for good when the answer is not a stream, as while the server restarts.
    if (source?.readyState === EventSource.CLOSED) dialling = setTimeout(dial, dialAgainMs);
  };
  const dial = () => {
    source?.close();
    source = new EventSource(apiPrefix + api.events.stream.path);
    source.onopen = onOpen;
    source.onerror = onError;
    source.onmessage = ({ data }: MessageEvent<string>) => refresh(nounsOf((JSON.parse(data) as EventRecord).type));
    // Too much was missed to be told one by one.
    source.addEventListener('resync', () => refresh(liveNouns));
  };
  dial();
  return () => {
    source?.close();
    clearInterval(polling);
    clearTimeout(dialling);
    stop();
  };
}

const layers: Noun[] = ['templates', 'profiles', 'overlays', 'skills'];
const nounsByPrefix: Record<string, Noun[]> = {
  bot: ['bots', 'health', 'connectors', 'channels', 'targets', 'runtimes', 'configurations', 'revisions', ...layers],
  fleet: ['bots', 'health'],
  incident: ['health', 'incidents'],
  template: ['templates'],
  profile: ['profiles', 'configurations'],
  overlay: ['overlays', 'configurations'],
  skill: ['skills', 'configurations'],
  revision: ['revisions'],
  connector: ['connectors', 'bots', 'secrets'],
  rotation: ['rotations', 'secrets'],
  scan: ['scans', 'findings'],
  finding: ['findings'],
  secret: ['secrets', 'rotations', 'channels', 'connectors'],
  channel: ['channels', 'secrets', 'configurations', 'bots'],
  target: ['targets', 'orphans', 'costs'],
  cost: ['costs'],
  runtime: ['runtimes'],
  session: ['sessions'],
  person: ['people', 'sessions', 'account', 'passkeys', 'directory'],
  workspace: ['workspace', 'workspaces', 'sessions'],
  role: ['roles', 'roleBindings', 'people', 'sessions'],
  sso: ['sso', 'directory'],
  directory: ['directory'],
  mail: ['mail'],
  invitation: ['invitations', 'people'],
  api: ['apiKeys', 'serviceAccounts'],
  service: ['serviceAccounts', 'apiKeys'],
  key: ['keys'],
  turn: ['turns'],
  budget: ['budgets'],
  exporter: ['exporters', 'secrets'],
  link: ['linkOuts'],
  audit: ['auditSinks', 'auditRetention', 'auditViews'],
  capture: ['capture'],
  backup: ['backups'],
  operation: ['operations', 'backups', 'bots'],
  team: ['teams', 'teamRules', 'configurations'],
  goal: ['goals', 'teams'],
  task: ['goals'],
  delegation: ['delegations', 'goals', 'teams'],
  context: ['contextEntries'],
  inbox: ['inbox', 'teams'],
  notifier: ['notifiers'],
};

export const liveNouns: Noun[] = [...new Set(Object.values(nounsByPrefix).flat()), 'events'];

/** The nouns whose queries may read differently after an event of this type. */
export function nounsOf(type: string): Noun[] {
  const prefix = type.slice(0, type.indexOf('-'));
  return [...(nounsByPrefix[prefix] ?? []), 'events'];
}
