// Written by `pnpm db:types` from the migrations: change those.
import type { ColumnType, GeneratedAlways } from 'kysely';

/** May be left out when inserting. */
export type Generated<T> = T extends ColumnType<infer Read, infer Inserted, infer Updated>
  ? ColumnType<Read, Inserted | undefined, Updated>
  : ColumnType<T, T | undefined, T>;

/** A ColumnType does not survive a union with null. */
export type Nullable<T> = T extends ColumnType<infer Read, infer Inserted, infer Updated>
  ? ColumnType<Read | null, Inserted | null | undefined, Updated | null>
  : T | null;

/** Read as a Date; written as a Date or an ISO 8601 string. */
export type Timestamp = ColumnType<Date, Date | string>;
/** Read as what it is, to be parsed; written as an object, since the driver would send a list as a PostgreSQL array. */
export type Json = ColumnType<unknown, Record<string, unknown>>;

export type AccountMailTable = {
  id: Generated<string>;
  kind: string;
  email: string;
  origin: Json;
  tries: Generated<number>;
  nextTryAt: Generated<Timestamp>;
  reason: Nullable<string>;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
};

export type ApiKeyTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  prefix: string;
  valueHash: Buffer;
  role: string;
  scopes: Nullable<string[]>;
  createdBy: Nullable<string>;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  lastUsedAt: Nullable<Timestamp>;
  revokedAt: Nullable<Timestamp>;
  botId: Nullable<string>;
  labels: Nullable<Json>;
  serviceAccountId: Nullable<string>;
  replacedBy: Nullable<string>;
};

export type AuditRetentionTable = {
  workspaceId: string;
  days: Nullable<number>;
  markedNumber: Generated<number>;
  forgottenNumber: Generated<number>;
};

export type AuditSealTable = {
  workspaceId: string;
  number: number;
  at: Timestamp;
  epoch: number;
  lastXid: number;
  lastId: number;
  eventIds: ColumnType<string[], number[]>;
  eventHashes: Buffer;
  previousHash: Buffer;
  hash: Buffer;
  keyId: string;
  signature: Buffer;
};

export type AuditSinkTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  kind: string;
  settings: Json;
  createdAt: Generated<Timestamp>;
  sentNumber: Generated<number>;
  sentAt: Nullable<Timestamp>;
  trouble: Nullable<string>;
  failures: Generated<number>;
  nextTryAt: Generated<Timestamp>;
};

export type AuditViewTable = {
  id: Generated<string>;
  workspaceId: string;
  ownerId: Nullable<string>;
  name: string;
  filter: Json;
  createdAt: Generated<Timestamp>;
};

export type BackupTable = {
  id: string;
  workspaceId: string;
  botId: string;
  botName: string;
  spec: Json;
  targetId: string;
  kekId: string;
  bytes: number;
  sha256: string;
  createdAt: Generated<Timestamp>;
};

export type BotTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  targetId: string;
  connectorId: string;
  spec: Json;
  generation: Generated<number>;
  workloadGeneration: Generated<number>;
  restartCount: Generated<number>;
  status: Json;
  phase: string;
  phaseSince: Generated<Timestamp>;
  publicKey: Nullable<string>;
  stateKeptUntil: Nullable<Timestamp>;
  removedAt: Nullable<Timestamp>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  reconcileAt: Generated<Timestamp>;
  failures: Generated<number>;
  leasedBy: Nullable<string>;
  leasedUntil: Nullable<Timestamp>;
  epoch: Generated<number>;
  operationId: Nullable<string>;
  restoredAt: Nullable<Timestamp>;
  labels: Generated<Json>;
  haltedAt: Nullable<Timestamp>;
};

export type BotHealthTable = {
  botId: string;
  workspaceId: string;
  verdict: string;
  rank: number;
  why: string;
  fix: Nullable<string>;
  signal: Nullable<string>;
  cause: Nullable<string>;
  failing: Generated<Json>;
  since: Timestamp;
  checkedAt: Timestamp;
  troubleSince: Nullable<Timestamp>;
  wellSince: Nullable<Timestamp>;
  restartCount: Generated<number>;
  restarts: Generated<Json>;
};

export type BotTellTable = {
  botId: string;
  id: string;
  workspaceId: string;
  session: string;
  message: string;
  delegationId: Nullable<string>;
  batch: Nullable<string>;
  tries: Generated<number>;
  dueAt: Generated<Timestamp>;
  at: Generated<Timestamp>;
};

export type BudgetTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  botId: Nullable<string>;
  selector: Nullable<Json>;
  channel: Nullable<string>;
  period: string;
  limitUsd: ColumnType<string, number | string, number | string>;
  warnAt: number[];
  hard: boolean;
  version: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  teamId: Nullable<string>;
};

export type BudgetAllowanceTable = {
  budgetId: string;
  startsOn: string;
  botId: string;
  book: string;
  workspaceId: string;
  grantedUsd: ColumnType<string, number | string, number | string>;
  spentUsd: ColumnType<string, number | string, number | string>;
  drawnAt: Generated<Timestamp>;
  refusedAt: Nullable<Timestamp>;
  epoch: number;
};

export type BudgetPeriodTable = {
  budgetId: string;
  workspaceId: string;
  startsOn: string;
  bookedUsd: Generated<ColumnType<string, number | string, number | string>>;
  beforeUsd: Generated<ColumnType<string, number | string, number | string>>;
  lift: Nullable<Json>;
  warned: Generated<number[]>;
  spentAt: Nullable<Timestamp>;
};

export type CapturePolicyTable = {
  workspaceId: string;
  mode: string;
  keepDays: number;
  people: string;
};

export type ChannelTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  kind: string;
  settings: Json;
  checkResult: Nullable<Json>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type ChannelAttachmentTable = {
  id: Generated<string>;
  workspaceId: string;
  channelId: string;
  botId: Nullable<string>;
  selector: Nullable<Json>;
  settings: Generated<Json>;
  createdAt: Generated<Timestamp>;
};

export type ConnectorTable = {
  id: Generated<string>;
  workspaceId: string;
  kind: string;
  name: string;
  provider: string;
  baseUrl: Nullable<string>;
  model: string;
  checkResult: Nullable<Json>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  deletedAt: Nullable<Timestamp>;
  api: Nullable<string>;
  models: Generated<Json>;
  rules: Generated<Json>;
  checkAt: Nullable<Timestamp>;
};

export type ContextEntryTable = {
  teamId: string;
  key: string;
  version: number;
  workspaceId: string;
  text: Nullable<string>;
  author: Json;
  traceId: Nullable<string>;
  visibility: Json;
  untrusted: boolean;
  expiresAt: Nullable<Timestamp>;
  isLatest: boolean;
  at: Generated<Timestamp>;
  words: GeneratedAlways<Nullable<string>>;
};

export type ConversationTable = {
  botId: string;
  workspaceId: string;
  session: string;
  channel: string;
  person: Nullable<string>;
  personName: Nullable<string>;
  firstAt: Timestamp;
  lastAt: Timestamp;
  turns: number;
  failed: number;
};

export type ConversationBoundTable = {
  botId: string;
  workspaceId: string;
  session: string;
  firstDay: string;
  lastDay: string;
  nanoUsd: number;
  tokens: number;
};

export type ConversationDayTable = {
  botId: string;
  workspaceId: string;
  day: string;
  session: string;
  count: number;
  tokens: number;
  unpriced: number;
  costUsd: ColumnType<string, number | string, number | string>;
};

export type CostSpikeTable = {
  botId: string;
  workspaceId: string;
  at: Generated<Timestamp>;
  hour: Timestamp;
  usd: ColumnType<string, number | string, number | string>;
  usualUsd: ColumnType<string, number | string, number | string>;
  tokens: number;
  usualTokens: number;
  why: string;
};

export type DataKeyTable = {
  workspaceId: string;
  kekId: string;
  wrapped: Buffer;
  createdAt: Generated<Timestamp>;
  name: Nullable<string>;
  retiredAt: Nullable<Timestamp>;
};

export type DelegationTable = {
  id: Generated<string>;
  workspaceId: string;
  teamId: string;
  askKey: string;
  taskId: Nullable<string>;
  goalId: Nullable<string>;
  parentId: Nullable<string>;
  rootId: string;
  traceId: string;
  hops: number;
  fromKind: string;
  fromBotId: Nullable<string>;
  fromName: string;
  fromSession: Nullable<string>;
  toBotId: Nullable<string>;
  toName: Nullable<string>;
  candidates: Generated<string[]>;
  capability: Nullable<string>;
  taskType: Nullable<string>;
  title: string;
  text: string;
  contentHash: string;
  origin: Json;
  rights: Json;
  untrusted: boolean;
  shared: Generated<Json>;
  share: Generated<Json>;
  state: string;
  reason: Generated<string>;
  ruleId: Nullable<string>;
  rulesVersion: number;
  attempt: Generated<number>;
  attemptsMax: Generated<number>;
  isAssigned: Generated<boolean>;
  usdMax: Nullable<ColumnType<string, number | string, number | string>>;
  progress: Nullable<Json>;
  result: Nullable<string>;
  artefacts: Generated<Json>;
  dueAt: Nullable<Timestamp>;
  deadlineAt: Timestamp;
  mustCancel: Generated<boolean>;
  takenAt: Nullable<Timestamp>;
  version: Generated<number>;
  requestedAt: Generated<Timestamp>;
  startedAt: Nullable<Timestamp>;
  endedAt: Nullable<Timestamp>;
};

export type DirectoryTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  setByRole: string;
  setByPermissions: string[];
  createdAt: Generated<Timestamp>;
};

export type DirectoryGroupTable = {
  id: Generated<string>;
  workspaceId: string;
  directoryId: string;
  displayName: string;
  externalId: Nullable<string>;
  version: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type DirectoryGroupMemberTable = {
  workspaceId: string;
  groupId: string;
  personId: string;
};

export type DirectoryTokenTable = {
  id: Generated<string>;
  workspaceId: string;
  directoryId: string;
  prefix: string;
  valueHash: Buffer;
  createdAt: Generated<Timestamp>;
  expiresAt: Nullable<Timestamp>;
  lastUsedAt: Nullable<Timestamp>;
};

export type DirectoryUserTable = {
  workspaceId: string;
  personId: string;
  directoryId: string;
  userName: string;
  externalId: Nullable<string>;
  active: boolean;
  attributes: Generated<Json>;
  madeAccount: boolean;
  followsGroups: boolean;
  isShut: Generated<boolean>;
  version: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type EgressRefusalTable = {
  botId: string;
  workspaceId: string;
  place: string;
  hour: Timestamp;
  reason: string;
  count: number;
  firstAt: Timestamp;
  lastAt: Timestamp;
};

export type EventTable = {
  id: GeneratedAlways<number>;
  xid: Generated<string>;
  workspaceId: string;
  at: Generated<Timestamp>;
  type: string;
  actor: Json;
  subjectId: Nullable<string>;
  subjectName: Nullable<string>;
  detail: Generated<Json>;
  origin: Nullable<Json>;
  onBehalfOf: Nullable<Json>;
};

export type ExporterTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  endpoint: string;
  traces: boolean;
  metrics: boolean;
  withText: boolean;
  percent: ColumnType<string, number | string, number | string>;
  createdAt: Generated<Timestamp>;
  sentXid: Generated<string>;
  sentNumber: Generated<number>;
  sentAt: Nullable<Timestamp>;
  sentSpans: Generated<number>;
  rejectedSpans: Generated<number>;
  metricsDueAt: Generated<Timestamp>;
  trouble: Nullable<string>;
  failures: Generated<number>;
  nextTryAt: Generated<Timestamp>;
  stoppedAt: Nullable<Timestamp>;
};

export type FindingTable = {
  id: Generated<string>;
  workspaceId: string;
  kind: string;
  sealedId: string;
  secretId: Nullable<string>;
  secretName: string;
  version: number;
  form: string;
  packed: boolean;
  placeKind: string;
  botId: Nullable<string>;
  host: Nullable<string>;
  part: string;
  place: string;
  line: Nullable<number>;
  rowId: Nullable<string>;
  times: number;
  firstSeenAt: Generated<Timestamp>;
  lastSeenAt: Generated<Timestamp>;
  fixedAt: Nullable<Timestamp>;
  dismissed: Nullable<Json>;
};

export type GoalTable = {
  id: Generated<string>;
  workspaceId: string;
  teamId: string;
  title: string;
  text: string;
  measure: string;
  dueOn: Nullable<string>;
  state: string;
  reason: Generated<string>;
  setBy: Json;
  rights: Json;
  proposed: Nullable<Json>;
  result: Nullable<string>;
  traceId: string;
  told: Generated<Json>;
  lookedAt: Generated<Timestamp>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  endedAt: Nullable<Timestamp>;
};

export type GoalWakeTable = {
  goalId: string;
  at: Generated<Timestamp>;
  workspaceId: string;
  teamId: string;
  why: string;
};

export type IdempotencyTable = {
  workspaceId: string;
  callerId: string;
  key: string;
  kekId: string;
  nonce: Buffer;
  ciphertext: Buffer;
  createdAt: Generated<Timestamp>;
};

export type IdentityProviderTable = {
  id: Generated<string>;
  workspaceId: string;
  settings: Json;
  setByRole: string;
  setByPermissions: string[];
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type InboxItemTable = {
  id: Generated<string>;
  workspaceId: string;
  kind: string;
  state: Generated<string>;
  title: string;
  teamId: Nullable<string>;
  botId: Nullable<string>;
  subject: string;
  subjectId: Nullable<string>;
  traceId: Nullable<string>;
  session: Nullable<string>;
  content: Json;
  contentHash: string;
  decisions: string[];
  choices: Generated<string[]>;
  isQuestion: Generated<boolean>;
  askedBy: Nullable<string>;
  assigneeId: Nullable<string>;
  answer: Nullable<string>;
  reason: Nullable<string>;
  decidedBy: Nullable<Json>;
  decidedAt: Nullable<Timestamp>;
  isSettled: Generated<boolean>;
  expiresAt: Nullable<Timestamp>;
  createdAt: Generated<Timestamp>;
  setBy: Nullable<string>;
};

export type InboxNoticeTable = {
  id: Generated<string>;
  workspaceId: string;
  itemId: string;
  notifierId: Nullable<string>;
  personId: string;
  tokenHash: Nullable<Buffer>;
  linkedAt: Nullable<Timestamp>;
  sentAt: Nullable<Timestamp>;
  usedAt: Nullable<Timestamp>;
  tries: Generated<number>;
  nextTryAt: Generated<Nullable<Timestamp>>;
  trouble: Nullable<string>;
};

export type IncidentTable = {
  id: Generated<string>;
  workspaceId: string;
  botId: string;
  signal: string;
  cause: string;
  why: string;
  fix: Nullable<string>;
  evidence: Json;
  beganAt: Timestamp;
  openedAt: Generated<Timestamp>;
  endedAt: Nullable<Timestamp>;
  ending: Nullable<string>;
};

export type InfrastructureDayTable = {
  targetId: string;
  workspaceId: string;
  day: string;
  botId: Nullable<string>;
  usd: ColumnType<string, number | string, number | string>;
};

export type InstallationTable = {
  onlyOne: Generated<boolean>;
  id: Generated<string>;
  epoch: Generated<number>;
  createdAt: Generated<Timestamp>;
  overtakenBy: Nullable<number>;
};

export type InstallationKeyTable = {
  purpose: string;
  kekId: string;
  wrapped: Buffer;
  createdAt: Generated<Timestamp>;
  name: Nullable<string>;
  retiredAt: Nullable<Timestamp>;
};

export type InvitationTable = {
  id: Generated<string>;
  workspaceId: string;
  email: string;
  role: string;
  tokenHash: Buffer;
  delivery: Generated<string>;
  invitedBy: Nullable<string>;
  invitedByName: string;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  acceptedAt: Nullable<Timestamp>;
  revokedAt: Nullable<Timestamp>;
};

export type InvitationMailTable = {
  invitationId: string;
  workspaceId: string;
  tries: Generated<number>;
  nextTryAt: Generated<Nullable<Timestamp>>;
  sentAt: Nullable<Timestamp>;
  reason: Nullable<string>;
  createdAt: Generated<Timestamp>;
};

export type JoinTokenTable = {
  tokenHash: Buffer;
  workspaceId: string;
  botId: string;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  usedAt: Nullable<Timestamp>;
};

export type KeyJobTable = {
  id: Generated<string>;
  workspaceId: string;
  kind: string;
  done: Generated<number>;
  leasedUntil: Nullable<Timestamp>;
  failures: Generated<number>;
  nextTryAt: Generated<Timestamp>;
  trouble: Nullable<string>;
  begunAt: Generated<Timestamp>;
  endedAt: Nullable<Timestamp>;
};

export type LatencyDayTable = {
  botId: string;
  workspaceId: string;
  day: string;
  kind: string;
  channel: string;
  name: string;
  bucket: number;
  count: number;
};

export type LinkTable = {
  botId: string;
  workspaceId: string;
  epoch: Generated<number>;
  replica: Nullable<string>;
  connectedAt: Nullable<Timestamp>;
  disconnectedAt: Nullable<Timestamp>;
  lastSeenAt: Nullable<Timestamp>;
  supervisorVersion: Nullable<string>;
  report: Nullable<Json>;
  configuredGeneration: Generated<number>;
  declined: Nullable<string>;
};

export type LinkOutTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  url: string;
  createdAt: Generated<Timestamp>;
};

export type MailServerTable = {
  workspaceId: string;
  settings: Json;
  updatedAt: Generated<Timestamp>;
  setByPermissions: Nullable<string[]>;
};

export type MembershipTable = {
  workspaceId: string;
  personId: string;
  role: string;
  createdAt: Generated<Timestamp>;
  disabledAt: Nullable<Timestamp>;
  roleSince: Generated<Timestamp>;
};

export type MilestoneTable = {
  id: Generated<string>;
  workspaceId: string;
  goalId: string;
  title: string;
  dueOn: Nullable<string>;
  position: number;
};

export type NamedSecretTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  note: Generated<string>;
  currentVersion: Generated<number>;
  rotateDays: Nullable<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  deletedAt: Nullable<Timestamp>;
  warnedVersion: Nullable<number>;
  source: Nullable<Json>;
  sourceReadAt: Nullable<Timestamp>;
  sourceTrouble: Nullable<string>;
  sourceFailures: Generated<number>;
  sourceDueAt: Nullable<Timestamp>;
  sourceDeclined: Nullable<string>;
};

export type NamedSecretVersionTable = {
  secretId: string;
  version: number;
  workspaceId: string;
  sealedId: Nullable<string>;
  author: Json;
  createdAt: Generated<Timestamp>;
  expiresAt: Nullable<Timestamp>;
  revokedAt: Nullable<Timestamp>;
  proof: Nullable<Json>;
  externalVersion: Nullable<string>;
};

export type NotifierTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  kind: string;
  personId: string;
  teamId: Nullable<string>;
  host: Nullable<string>;
  inboxKinds: string[];
  enabled: Generated<boolean>;
  sentAt: Nullable<Timestamp>;
  trouble: Nullable<string>;
  createdAt: Generated<Timestamp>;
};

export type OperationTable = {
  id: Generated<string>;
  workspaceId: string;
  kind: string;
  phase: Generated<string>;
  reason: Generated<string>;
  steps: Json;
  botId: string;
  botIsNew: Generated<boolean>;
  sourceBotId: Nullable<string>;
  backupId: Nullable<string>;
  fromTargetId: Nullable<string>;
  targetId: Nullable<string>;
  heldAtEpoch: Generated<number>;
  cancelAskedAt: Nullable<Timestamp>;
  createdAt: Generated<Timestamp>;
  endedAt: Nullable<Timestamp>;
  reconcileAt: Generated<Timestamp>;
  failures: Generated<number>;
  leasedBy: Nullable<string>;
  leasedUntil: Nullable<Timestamp>;
  epoch: Generated<number>;
  begunBy: Nullable<Json>;
  permission: Nullable<string>;
  stopReason: Nullable<string>;
  orphan: Nullable<Json>;
};

export type OrphanTable = {
  id: Generated<string>;
  workspaceId: string;
  targetId: string;
  installation: string;
  botId: string;
  name: string;
  runs: boolean;
  isOwn: boolean;
  since: Nullable<Timestamp>;
  foundAt: Generated<Timestamp>;
  doomedAt: Nullable<Timestamp>;
  trouble: Nullable<string>;
};

export type OverlayTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  reason: Generated<string>;
  botId: Nullable<string>;
  selector: Nullable<Json>;
  priority: Generated<number>;
  settings: Json;
  expiresAt: Nullable<Timestamp>;
  version: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type PasskeyTable = {
  id: Generated<string>;
  personId: string;
  name: string;
  credentialId: Buffer;
  publicKey: Buffer;
  host: string;
  signCount: number;
  transports: string[];
  device: string;
  isBackedUp: boolean;
  createdAt: Generated<Timestamp>;
  lastUsedAt: Nullable<Timestamp>;
};

export type PasskeyChallengeTable = {
  challengeHash: Buffer;
  purpose: string;
  personId: Nullable<string>;
  origin: string;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
};

export type PasswordResetTable = {
  personId: string;
  tokenHash: Buffer;
  madeBy: string;
  ownerId: Nullable<string>;
  workspaceIds: Nullable<string[]>;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
};

export type PersonTable = {
  id: Generated<string>;
  email: string;
  name: string;
  passwordHash: Nullable<string>;
  createdAt: Generated<Timestamp>;
  lastSeenAt: Nullable<Timestamp>;
};

export type PersonIdentityTable = {
  issuer: string;
  subject: string;
  personId: string;
  createdAt: Generated<Timestamp>;
};

export type PriceDayTable = {
  botId: string;
  workspaceId: string;
  day: string;
  connectorId: string;
  name: string;
  priceVersion: string;
  count: number;
  costUsd: ColumnType<string, number | string, number | string>;
};

export type ProfileTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  description: Generated<string>;
  selector: Nullable<Json>;
  priority: Generated<number>;
  settings: Json;
  locked: Generated<string[]>;
  version: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type PseudonymKeyTable = {
  workspaceId: string;
  key: Buffer;
};

export type RecoveryCodeTable = {
  personId: string;
  codeHash: Buffer;
  usedAt: Nullable<Timestamp>;
};

export type ReplicaTable = {
  id: string;
  internalUrl: string;
  startedAt: Generated<Timestamp>;
  lastSeenAt: Generated<Timestamp>;
  reconciles: Generated<boolean>;
};

export type RevisionTable = {
  workspaceId: string;
  botId: string;
  number: number;
  at: Generated<Timestamp>;
  author: Json;
  cause: Json;
  reason: Generated<string>;
  spec: Json;
  layers: Json;
  document: Json;
  files: Json;
  label: Nullable<string>;
  verdict: Nullable<string>;
  verdictReason: Nullable<string>;
};

export type RoleTable = {
  workspaceId: string;
  name: string;
  description: Generated<string>;
  permissions: string[];
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type RoleBindingTable = {
  id: Generated<string>;
  workspaceId: string;
  personId: string;
  role: string;
  botId: Nullable<string>;
  labels: Nullable<Json>;
  createdAt: Generated<Timestamp>;
};

export type RotationTable = {
  id: Generated<string>;
  workspaceId: string;
  secretId: string;
  fromVersion: number;
  toVersion: number;
  phase: Generated<string>;
  reason: Generated<string>;
  wave: Generated<number>;
  waves: number;
  revokeFormer: boolean;
  former: Nullable<Json>;
  author: Json;
  startedAt: Generated<Timestamp>;
  endedAt: Nullable<Timestamp>;
};

export type RotationBotTable = {
  rotationId: string;
  botId: string;
  workspaceId: string;
  wave: number;
  state: Generated<string>;
  text: Generated<string>;
  setAside: Generated<boolean>;
  givenAt: Nullable<Timestamp>;
  judgedProof: Nullable<Json>;
  at: Generated<Timestamp>;
};

export type RuntimeTable = {
  version: string;
  phase: string;
  message: Generated<string>;
  progress: Nullable<number>;
  since: Generated<Timestamp>;
  reconcileAt: Generated<Timestamp>;
  failures: Generated<number>;
  leasedBy: Nullable<string>;
  leasedUntil: Nullable<Timestamp>;
  epoch: Generated<number>;
};

export type ScanTable = {
  id: Generated<string>;
  workspaceId: string;
  author: Json;
  phase: Generated<string>;
  reason: Generated<string>;
  deep: Generated<boolean>;
  secrets: Generated<number>;
  tooShort: Generated<Json>;
  botsAll: Generated<number>;
  botsScanned: Generated<number>;
  files: Generated<number>;
  bytes: Generated<number>;
  rows: Generated<number>;
  opened: Generated<number>;
  trouble: Generated<Json>;
  troubleMore: Generated<number>;
  askedAt: Generated<Timestamp>;
  startedAt: Nullable<Timestamp>;
  endedAt: Nullable<Timestamp>;
  leasedBy: Nullable<string>;
  leasedUntil: Nullable<Timestamp>;
  epoch: Generated<number>;
};

export type ScanScheduleTable = {
  workspaceId: string;
  everyHours: Nullable<number>;
};

export type SecretTable = {
  id: Generated<string>;
  workspaceId: string;
  ownerKind: string;
  ownerId: string;
  field: string;
  version: Generated<number>;
  kekId: string;
  nonce: Buffer;
  ciphertext: Buffer;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
};

export type SecretAccessTable = {
  secretId: string;
  version: number;
  botId: string;
  workspaceId: string;
  firstAt: Generated<Timestamp>;
  lastAt: Generated<Timestamp>;
  count: Generated<number>;
  proof: Nullable<Json>;
};

export type SecretUseTable = {
  workspaceId: string;
  ownerKind: string;
  ownerId: string;
  field: string;
  secretId: string;
};

export type ServiceAccountTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  description: Generated<string>;
  role: string;
  disabledAt: Nullable<Timestamp>;
  createdBy: Nullable<string>;
  createdAt: Generated<Timestamp>;
};

export type SessionTable = {
  id: Generated<string>;
  workspaceId: string;
  personId: string;
  tokenHash: Buffer;
  address: string;
  userAgent: string;
  createdAt: Generated<Timestamp>;
  lastSeenAt: Generated<Timestamp>;
  expiresAt: Timestamp;
  revokedAt: Nullable<Timestamp>;
  bySso: Generated<boolean>;
  endsAt: Nullable<Timestamp>;
};

export type SessionOriginTable = {
  botId: string;
  session: string;
  workspaceId: string;
  kind: string;
  personId: Nullable<string>;
  mayDirect: boolean;
  untrusted: boolean;
  updatedAt: Generated<Timestamp>;
};

export type SetupTable = {
  onlyOne: Generated<boolean>;
  tokenHash: Buffer;
  createdAt: Generated<Timestamp>;
  completedAt: Nullable<Timestamp>;
};

export type SignInAttemptTable = {
  key: string;
  points: Generated<number>;
  expire: Nullable<number>;
};

export type SignInChallengeTable = {
  tokenHash: Buffer;
  personId: string;
  invitationHash: Nullable<Buffer>;
  tries: Generated<number>;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
};

export type SkillTable = {
  workspaceId: string;
  name: string;
  digest: string;
  description: string;
  files: Json;
  findings: Json;
  held: boolean;
  author: Json;
  approvedBy: Nullable<Json>;
  builtIn: Generated<boolean>;
  createdAt: Generated<Timestamp>;
};

export type SpanTable = {
  botId: string;
  workspaceId: string;
  id: string;
  at: Timestamp;
  kind: string;
  epoch: number;
  sequence: number;
  traceId: Nullable<string>;
  parentId: Nullable<string>;
  session: Nullable<string>;
  channel: Generated<string>;
  person: Nullable<string>;
  name: Generated<string>;
  outcome: Generated<string>;
  failure: Nullable<string>;
  durationMs: Generated<number>;
  responseId: Nullable<string>;
  connectorId: Generated<string>;
  inputTokens: Generated<number>;
  outputTokens: Generated<number>;
  cacheReadTokens: Generated<number>;
  cacheWriteTokens: Generated<number>;
  costUsd: Nullable<ColumnType<string, number | string, number | string>>;
  estimated: Generated<boolean>;
  data: Generated<Json>;
  storedXid: Generated<Nullable<string>>;
  storedNumber: Generated<Nullable<number>>;
};

export type SpanTextTable = {
  botId: string;
  workspaceId: string;
  spanId: string;
  at: Timestamp;
  keepDays: number;
  text: Json;
  words: GeneratedAlways<Nullable<string>>;
};

export type SsoAttemptTable = {
  stateHash: Buffer;
  browserHash: Buffer;
  workspaceId: string;
  providerId: string;
  returnTo: string;
  createdAt: Generated<Timestamp>;
  expiresAt: Timestamp;
};

export type TargetTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  kind: string;
  settings: Generated<Json>;
  health: Nullable<Json>;
  createdAt: Generated<Timestamp>;
  orphans: Nullable<Json>;
  egressKeptAt: Nullable<Timestamp>;
};

export type TargetHourTable = {
  targetId: string;
  workspaceId: string;
  hour: Timestamp;
  botIds: string[];
  booked: Generated<boolean>;
};

export type TargetImportTable = {
  targetId: string;
  workspaceId: string;
  day: string;
  usd: ColumnType<string, number | string, number | string>;
  booked: Generated<boolean>;
};

export type TargetPriceTable = {
  targetId: string;
  workspaceId: string;
  fromHour: Timestamp;
  usdPerHour: ColumnType<string, number | string, number | string>;
};

export type TaskTable = {
  id: Generated<string>;
  workspaceId: string;
  goalId: string;
  milestoneId: string;
  key: string;
  title: string;
  text: string;
  capability: Nullable<string>;
  assigneeId: Nullable<string>;
  after: string[];
  dueOn: Nullable<string>;
  state: string;
  reason: Generated<string>;
  delegationId: Nullable<string>;
  result: Nullable<string>;
  position: number;
  updatedAt: Generated<Timestamp>;
};

export type TeamTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  charter: string;
  leadId: string;
  limits: Json;
  channelRights: Json;
  rulesVersion: Generated<number>;
  version: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  deletedAt: Nullable<Timestamp>;
  approvalsByAnother: Generated<boolean>;
};

export type TeamCallTable = {
  botId: string;
  callId: string;
  workspaceId: string;
  answer: Nullable<Json>;
  waitsFor: Nullable<string>;
  until: Nullable<Timestamp>;
  at: Generated<Timestamp>;
};

export type TeamMemberTable = {
  botId: string;
  teamId: string;
  workspaceId: string;
  title: string;
  capabilities: string[];
  mayDelegate: boolean;
  joinedAt: Generated<Timestamp>;
};

export type TeamRulesTable = {
  teamId: string;
  version: number;
  workspaceId: string;
  rules: Json;
  note: string;
  author: string;
  at: Generated<Timestamp>;
};

export type TelemetryGapTable = {
  id: GeneratedAlways<number>;
  botId: string;
  workspaceId: string;
  at: Generated<Timestamp>;
  dropped: number;
};

export type TemplateTable = {
  id: Generated<string>;
  workspaceId: string;
  name: string;
  summary: string;
  latestVersion: Generated<number>;
  createdAt: Generated<Timestamp>;
  updatedAt: Generated<Timestamp>;
  deletedAt: Nullable<Timestamp>;
};

export type TemplateVersionTable = {
  workspaceId: string;
  templateId: string;
  version: number;
  name: string;
  content: Json;
  note: Generated<string>;
  author: Json;
  createdAt: Generated<Timestamp>;
};

export type TotpTable = {
  id: Generated<string>;
  personId: string;
  kekId: string;
  nonce: Buffer;
  ciphertext: Buffer;
  usedStep: Generated<number>;
  createdAt: Generated<Timestamp>;
  confirmedAt: Nullable<Timestamp>;
};

export type UsageDayTable = {
  botId: string;
  workspaceId: string;
  day: string;
  kind: string;
  channel: string;
  name: string;
  connectorId: string;
  count: number;
  failed: number;
  estimated: number;
  unpriced: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  costUsd: ColumnType<string, number | string, number | string>;
  durationMs: number;
};

export type UsageHourTable = {
  botId: string;
  workspaceId: string;
  hour: Timestamp;
  kind: string;
  channel: string;
  name: string;
  connectorId: string;
  count: number;
  failed: number;
  estimated: number;
  unpriced: number;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  costUsd: ColumnType<string, number | string, number | string>;
  durationMs: number;
};

export type WorkspaceTable = {
  id: Generated<string>;
  name: string;
  createdAt: Generated<Timestamp>;
  secondFactorRequiredOf: Generated<string>;
  secondFactorRequiredSince: Generated<Timestamp>;
};

/** Every table, by the name queries use. */
export type DB = {
  accountMail: AccountMailTable;
  apiKey: ApiKeyTable;
  auditRetention: AuditRetentionTable;
  auditSeal: AuditSealTable;
  auditSink: AuditSinkTable;
  auditView: AuditViewTable;
  backup: BackupTable;
  bot: BotTable;
  botHealth: BotHealthTable;
  botTell: BotTellTable;
  budget: BudgetTable;
  budgetAllowance: BudgetAllowanceTable;
  budgetPeriod: BudgetPeriodTable;
  capturePolicy: CapturePolicyTable;
  channel: ChannelTable;
  channelAttachment: ChannelAttachmentTable;
  connector: ConnectorTable;
  contextEntry: ContextEntryTable;
  conversation: ConversationTable;
  conversationBound: ConversationBoundTable;
  conversationDay: ConversationDayTable;
  costSpike: CostSpikeTable;
  dataKey: DataKeyTable;
  delegation: DelegationTable;
  directory: DirectoryTable;
  directoryGroup: DirectoryGroupTable;
  directoryGroupMember: DirectoryGroupMemberTable;
  directoryToken: DirectoryTokenTable;
  directoryUser: DirectoryUserTable;
  egressRefusal: EgressRefusalTable;
  event: EventTable;
  exporter: ExporterTable;
  finding: FindingTable;
  goal: GoalTable;
  goalWake: GoalWakeTable;
  idempotency: IdempotencyTable;
  identityProvider: IdentityProviderTable;
  inboxItem: InboxItemTable;
  inboxNotice: InboxNoticeTable;
  incident: IncidentTable;
  infrastructureDay: InfrastructureDayTable;
  installation: InstallationTable;
  installationKey: InstallationKeyTable;
  invitation: InvitationTable;
  invitationMail: InvitationMailTable;
  joinToken: JoinTokenTable;
  keyJob: KeyJobTable;
  latencyDay: LatencyDayTable;
  link: LinkTable;
  linkOut: LinkOutTable;
  mailServer: MailServerTable;
  membership: MembershipTable;
  milestone: MilestoneTable;
  namedSecret: NamedSecretTable;
  namedSecretVersion: NamedSecretVersionTable;
  notifier: NotifierTable;
  operation: OperationTable;
  orphan: OrphanTable;
  overlay: OverlayTable;
  passkey: PasskeyTable;
  passkeyChallenge: PasskeyChallengeTable;
  passwordReset: PasswordResetTable;
  person: PersonTable;
  personIdentity: PersonIdentityTable;
  priceDay: PriceDayTable;
  profile: ProfileTable;
  pseudonymKey: PseudonymKeyTable;
  recoveryCode: RecoveryCodeTable;
  replica: ReplicaTable;
  revision: RevisionTable;
  role: RoleTable;
  roleBinding: RoleBindingTable;
  rotation: RotationTable;
  rotationBot: RotationBotTable;
  runtime: RuntimeTable;
  scan: ScanTable;
  scanSchedule: ScanScheduleTable;
  secret: SecretTable;
  secretAccess: SecretAccessTable;
  secretUse: SecretUseTable;
  serviceAccount: ServiceAccountTable;
  session: SessionTable;
  sessionOrigin: SessionOriginTable;
  setup: SetupTable;
  signInAttempt: SignInAttemptTable;
  signInChallenge: SignInChallengeTable;
  skill: SkillTable;
  span: SpanTable;
  spanText: SpanTextTable;
  ssoAttempt: SsoAttemptTable;
  target: TargetTable;
  targetHour: TargetHourTable;
  targetImport: TargetImportTable;
  targetPrice: TargetPriceTable;
  task: TaskTable;
  team: TeamTable;
  teamCall: TeamCallTable;
  teamMember: TeamMemberTable;
  teamRules: TeamRulesTable;
  telemetryGap: TelemetryGapTable;
  template: TemplateTable;
  templateVersion: TemplateVersionTable;
  totp: TotpTable;
  usageDay: UsageDayTable;
  usageHour: UsageHourTable;
  workspace: WorkspaceTable;
};
