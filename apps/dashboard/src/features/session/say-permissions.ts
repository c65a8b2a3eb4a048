import type { Permission } from '@clawster/contract/permission';

type Noun = Permission extends `${infer N}:${string}` ? N : never;

const nouns: Record<Noun, string> = {
  workspace: 'Workspace',
  person: 'People',
  role: 'Roles',
  'api-key': 'API keys',
  bot: 'Bots',
  template: 'Templates',
  profile: 'Profiles',
  skill: 'Skills',
  overlay: 'Overlays',
  connector: 'Connectors',
  secret: 'Secrets',
  team: 'Teams',
  inbox: 'Inbox',
  notifier: 'Notifiers',
  target: 'Targets',
  runtime: 'Runtimes',
  event: 'Events',
  audit: 'Audit trail',
  backup: 'Backups',
  telemetry: 'Activity and cost',
  conversation: 'What was said',
  budget: 'Budgets',
};
const verbs: Record<string, string> = {
  read: 'see',
  operate: 'start, stop and pause',
  chat: 'talk to',
  update: 'change',
  label: 'label',
  direct: 'set to work',
};

/** What someone may do, noun by noun: "Bots: see, create, talk to". */
export function sayPermissions(permissions: readonly Permission[]): { noun: string; verbs: string[] }[] {
  const groups = Map.groupBy(permissions, (permission) => permission.split(':')[0] ?? '');
  return [...groups].map(([noun, held]) => ({ noun: nouns[noun as Noun] ?? noun, verbs: held.map(verbOf) }));
}

/** What a permission allows with its noun, in words. */
export function verbOf(permission: Permission): string {
  const verb = permission.split(':')[1] ?? '';
  return verbs[verb] ?? verb;
}
