import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';

/** What keeps two of a kind from having one name. */
const uniqueNames = {
  bot: 'bot_name',
  connector: 'connector_name',
  target: 'target_workspace_id_name_key',
  audit_sink: 'audit_sink_name',
  role: 'role_pkey',
  service_account: 'service_account_name',
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
    if (!violates(cause, uniqueNames[noun])) throw cause;
    throw nameTaken(noun, name);
  }
}

/** What is said to who chose the name of another of its kind. */
export function nameTaken(noun: keyof typeof uniqueNames, name: string): Refusal {
  return Refusal.at(
    'name',
    'conflict',
    `There is a ${noun.replace('_', ' ')} named ${name} already: choose another name`,
  );
}
