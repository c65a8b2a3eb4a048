import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { CommandContext } from '../command.ts';

const alive = {
  bot: sql<boolean>`removed_at is null and spec->>'desired' <> 'destroyed'`,
  template: sql<boolean>`deleted_at is null`,
  connector: sql<boolean>`deleted_at is null`,
  profile: sql<boolean>`true`,
  overlay: sql<boolean>`true`,
  target: sql<boolean>`true`,
  team: sql<boolean>`deleted_at is null`,
};

/** The id of what a file names; refuses when there is none of this name. */
export async function idOf(
  { tx, caller }: Pick<CommandContext, 'tx' | 'caller'>,
  noun: keyof typeof alive,
  name: string,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(noun)}
    where workspace_id = ${caller.workspaceId}::uuid and lower(name) = lower(${name}) and ${alive[noun]}`.execute(tx);
  const [row] = rows;
  if (!row) throw Refusal.at(noun, 'not-found', `There is no ${noun} named "${name}": make it first, or name another`);
  return row.id;
}
