import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';

/** What each kind is called, and what keeps two of it from having one name. */
const uniqueNames = {
  bot: { a: 'a bot', index: 'bot_name' },
  connector: { a: 'a connector', index: 'connector_name' },
  channel: { a: 'a channel', index: 'channel_name' },
  secret: { a: 'a secret', index: 'named_secret_name' },
  target: { a: 'a target', index: 'target_workspace_id_name_key' },
  auditSink: { a: 'a place', index: 'audit_sink_name' },
  exporter: { a: 'an exporter', index: 'exporter_name' },
  notifier: { a: 'a notifier', index: 'notifier_name' },
  linkOut: { a: 'a link', index: 'link_out_name' },
  auditView: { a: 'a view', index: 'audit_view_name' },
  template: { a: 'a template', index: 'template_name' },
  profile: { a: 'a profile', index: 'profile_name' },
  budget: { a: 'a budget', index: 'budget_name' },
  overlay: { a: 'an overlay', index: 'overlay_name' },
  revision: { a: 'a revision', index: 'revision_label' },
  role: { a: 'a role', index: 'role_pkey' },
  team: { a: 'a team', index: 'team_name' },
  serviceAccount: { a: 'a service account', index: 'service_account_name' },
};

/** Runs a write that gives something its name, and refuses in a sentence when another of its kind has it. */
export async function unlessNameTaken<T>(
  noun: keyof typeof uniqueNames,
  name: string,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!violates(cause, uniqueNames[noun].index)) throw cause;
    throw nameTaken(noun, name);
  }
}

/** What is said to who chose the name of another of its kind. */
export function nameTaken(noun: keyof typeof uniqueNames, name: string): Refusal {
  return Refusal.at('name', 'conflict', `There is ${uniqueNames[noun].a} named ${name} already: choose another name`);
}
