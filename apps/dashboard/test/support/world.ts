import { randomUUID } from 'node:crypto';
import type { ApiKey } from '@clawster/contract/api-key';
import type { Exporter } from '@clawster/contract/exporter';
import type { LinkOut } from '@clawster/contract/link-out';
import type { AuditSink } from '@clawster/contract/audit-sink';
import type { AuditView } from '@clawster/contract/audit-view';
import { type CapturePolicy, captureUsual } from '@clawster/contract/capture';
import type { Backup } from '@clawster/contract/backup';
import type { Bot } from '@clawster/contract/bot';
import type { Channel, ChannelPairing } from '@clawster/contract/channel';
import type { Connector } from '@clawster/contract/connector';
import type { Directory, DirectoryGroup } from '@clawster/contract/directory';
import type { EventRecord } from '@clawster/contract/event';
import type { Operation } from '@clawster/contract/operation';
import type { Orphan } from '@clawster/contract/orphan';
import type { BuiltInRole } from '@clawster/contract/permission-list';
import type { Invitation } from '@clawster/contract/invitation';
import type { KeyOverview } from '@clawster/contract/key';
import type { MailServer } from '@clawster/contract/mail';
import type { IdentityProvider } from '@clawster/contract/sso';
import type { Identity, Person } from '@clawster/contract/person';
import type { StandInBudget } from './budget-handlers.ts';
import type { Overlay } from '@clawster/contract/overlay';
import type { Passkey } from '@clawster/contract/passkey';
import type { Profile } from '@clawster/contract/profile';
import type { RevisionDetail } from '@clawster/contract/revision';
import type { RoleBinding, RoleDefinition } from '@clawster/contract/role';
import type { Runtime } from '@clawster/contract/runtime';
import type { ServiceAccount } from '@clawster/contract/service-account';
import type { Target } from '@clawster/contract/target';
import type { ChatMessage } from '@clawster/contract/turn';
import type { RequiredOf } from '@clawster/contract/workspace';
import { someOrphans } from './orphan-handlers.ts';
import { roleMatrix } from '@clawster/domain/role/role';
import type { StandInLink } from './channel-handlers.ts';
import { ago, demo, machine, makeBot } from './fleet.ts';
import type { StandInRotation } from './rotation-handlers.ts';
import type { StandInSecret } from './secret-handlers.ts';
import type { StandInSkill } from './skill-handlers.ts';
import type { StandInTurn } from './some-traces.ts';
import type { StandInTemplate } from './template-handlers.ts';
import { noCosts, type StandInCosts } from './cost-handlers.ts';
import { noScans, type Scans } from './scan-handlers.ts';
import { noTeaming, type StandInTeaming } from './team-handlers.ts';
import { oneKey } from './secret-key-handlers.ts';

export const owner = {
  id: randomUUID(),
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  role: 'owner' as BuiltInRole,
  createdAt: ago(86_400),
  lastSeenAt: ago(10),
};
export const setupToken = 'one-time-token';
/** The only code that the stand-in takes. */
export const totpCode = '123456';
export const password = 'correct horse battery staple';

/** All that the stand-in knows. Tests change it as the world would. */
export type World = {
  isSetUp: boolean;
  signedIn: boolean;
  workspaceId: string;
  workspaceName: string;
  /** The other workspaces of who is signed in. */
  otherWorkspaces: { id: string; name: string; role: BuiltInRole; bots: Bot[] }[];
  password: string;
  /** Set: an authenticator app is asked for. */
  totpSince?: string;
  recoveryCodes: Set<string>;
  /** Of whom a second factor is required. */
  requiredOf: RequiredOf;
  /** Set: it is required of who is signed in, who has none. */
  missingFactor?: Identity['missingFactor'];
  passkeys: { credentialId: string; passkey: Passkey }[];
  /** What a passkey was asked to sign last. */
  passkeyChallenge?: string;
  ownName: string;
  ownEmail: string;
  /** Of who is signed in. */
  role: BuiltInRole;
  /** Set: the database takes no changes, for this reason. */
  whyReadOnly?: string;
  /** Set: a newer copy of this server is at work, in this sentence. */
  overtaken?: string;
  /** Bots that are ready as far as was heard, while their link is gone. */
  unlinked: Set<string>;
  bots: Bot[];
  targets: Target[];
  orphans: Orphan[];
  backups: Backup[];
  operations: Operation[];
  connectors: Connector[];
  secrets: StandInSecret[];
  /** The latest first. */
  rotations: StandInRotation[];
  /** Bots, by name, that get stuck with another value of a secret. */
  refusing: Set<string>;
  channels: Channel[];
  links: Map<string, StandInLink>;
  pairings: Map<string, ChannelPairing[]>;
  runtimes: Runtime[];
  events: EventRecord[];
  apiKeys: ApiKey[];
  serviceAccounts: ServiceAccount[];
  people: Person[];
  invitations: Invitation[];
  ownRoles: RoleDefinition[];
  auditSinks: AuditSink[];
  exporters: Exporter[];
  linkOuts: LinkOut[];
  auditViews: AuditView[];
  capture: CapturePolicy;
  /** How many days events are kept; undefined: for ever. */
  retentionDays?: number | undefined;
  bindings: RoleBinding[];
  templates: StandInTemplate[];
  profiles: Profile[];
  overlays: Overlay[];
  budgets: StandInBudget[];
  /** Versions, in the order in which they were added. */
  skills: StandInSkill[];
  /** Of each bot, the oldest first. */
  revisions: Map<string, RevisionDetail[]>;
  /** What who is signed in may do to some bots. */
  grants: Identity['grants'];
  identityProvider?: IdentityProvider;
  directory?: Directory;
  directoryGroups?: DirectoryGroup[];
  mailServer?: MailServer;
  secretKeys: KeyOverview;
  scanning: Scans;
  costs: StandInCosts;
  teaming: StandInTeaming;
  /** Set: the identity provider's user is not let in. */
  providerRefuses?: true;
  messages: Map<string, ChatMessage[]>;
  turns: StandInTurn[];
  listeners: Set<() => void>;
  /** How long a new bot takes for each step. */
  stepMs: number;
  /** How long the demo waits between words. */
  wordMs: number;
};

export function makeWorld(bots: Bot[] = [], changes: Partial<World> = {}): World {
  return {
    isSetUp: true,
    signedIn: true,
    workspaceId: '11111111-1111-4111-8111-111111111111',
    workspaceName: 'Analytical Engines',
    otherWorkspaces: [],
    password,
    recoveryCodes: new Set(),
    requiredOf: 'owners',
    passkeys: [],
    ownName: owner.name,
    ownEmail: owner.email,
    role: 'owner',
    bots,
    targets: [machine],
    orphans: someOrphans(),
    backups: [],
    unlinked: new Set(),
    operations: [],
    connectors: [demo],
    secrets: [],
    rotations: [],
    refusing: new Set(),
    channels: [],
    links: new Map(),
    pairings: new Map(),
    apiKeys: [],
    serviceAccounts: [],
    people: [owner],
    invitations: [],
    ownRoles: [],
    auditSinks: [],
    exporters: [],
    linkOuts: [],
    auditViews: [],
    capture: captureUsual,
    bindings: [],
    templates: [],
    profiles: [],
    overlays: [],
    budgets: [],
    skills: [],
    revisions: new Map(),
    grants: [],
    secretKeys: oneKey(),
    scanning: noScans(),
    costs: noCosts(),
    teaming: noTeaming(),
    messages: new Map(),
    turns: [],
    listeners: new Set(),
    stepMs: 150,
    wordMs: 5,
    runtimes: [
      {
        version: '2026.9.6',
        recommended: true,
        phase: 'installed',
        message: 'Installed and checked',
        since: ago(86_000),
        botCount: bots.length,
      },
    ],
    events: [],
    ...changes,
  };
}

export const threeBots = (): Bot[] => [
  makeBot('concierge', 'ready', 7200),
  makeBot('researcher', 'degraded', 340),
  makeBot('support', 'failed', 95),
];

/** One of every kind that a person meets, for pictures and for axe. */
export const oneOfEach = (): Bot[] => [
  makeBot('archivist', 'paused', 4000),
  makeBot('concierge', 'ready', 7200),
  makeBot('courier', 'unknown', 240),
  makeBot('gardener', 'stopped', 86_000),
  makeBot('herald', 'destroyed', 90_000),
  makeBot('librarian', 'pausing', 200),
  makeBot('researcher', 'degraded', 340),
  makeBot('scribe', 'starting', 12),
  makeBot('support', 'failed', 95),
];

export function tellEvent(
  world: World,
  type: EventRecord['type'],
  bot?: Bot,
  detail: Record<string, unknown> = {},
): void {
  const id = String(world.events.length + 1).padStart(12, '0');
  const actor = type.endsWith('phase-changed')
    ? ({ kind: 'system', job: 'reconcile-bots' } as const)
    : ({ kind: 'person', id: owner.id, name: owner.name } as const);
  world.events.push({
    id,
    at: new Date().toISOString(),
    type,
    actor,
    detail,
    ...(bot ? { subjectId: bot.id, subjectName: bot.name } : {}),
  });
  for (const listener of world.listeners) listener();
}

export function identityOf(world: World): Identity {
  return {
    caller: { kind: 'person', person: { ...owner, name: world.ownName, email: world.ownEmail, role: world.role } },
    ...(world.missingFactor ? { missingFactor: world.missingFactor } : {}),
    role: world.role,
    permissions: [...roleMatrix[world.role]],
    grants: world.grants,
    workspace: { id: world.workspaceId, name: world.workspaceName, createdAt: ago(86_400) },
  };
}

export type Handler = (world: World, input: never) => unknown;
