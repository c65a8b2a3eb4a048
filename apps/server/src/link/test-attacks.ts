import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { TestInstallation } from './test-installation.ts';

/** All that a bot's words could start, end or change in a workspace, but for when it is looked at next. */
const watched: Record<string, string> = {
  delegation: 'id, state, attempt, to_bot_id, result, progress, artefacts, untrusted, rights, reason',
  goal: 'id, state, proposed, result',
  task: 'id, state, text, result, delegation_id',
  context_entry: 'team_id, key, version, text, untrusted',
  inbox_item: 'id, state, content_hash, answer',
  bot_tell: 'bot_id, id, session, message',
  session_origin: 'bot_id, session, kind, person_id, may_direct, untrusted',
  team: 'id, lead_id, charter, limits, channel_rights, rules_version',
  team_rules: 'team_id, version, rules',
  team_member: 'team_id, bot_id, capabilities, may_delegate',
  bot: 'id, name, spec, generation',
};

/** What these columns of these tables hold, with `from` on where only some rows count. */
export async function seenOf({ database }: TestInstallation, tables: Record<string, string>): Promise<object> {
  const each = Object.entries(tables).map(
    ([table, columns]) =>
      `(select json_agg(one) from (select ${/ from /.test(columns) ? columns : `${columns} from ${table}`}
        order by 1, 2) as one) as ${table}`,
  );
  const [seen] = await database.rows(`select ${each.join(', ')}`);
  return seen ?? {};
}

/** Counts attacks that must change nothing, and prints how many did. */
export function attacks(what: string, installation: () => TestInstallation) {
  const counts = { tried: 0, letIn: 0 };
  return {
    counts,
    /** Counts one attack that had to be judged otherwise. */
    judge(name: string, isLetIn: boolean): void {
      counts.tried += 1;
      if (isLetIn) counts.letIn += 1;
      expect(isLetIn, name).toBe(false);
    },
    /** Tries each, and then sees that all is as it was. What they throw is how they are refused. */
    async inVain(name: string, tries: (() => Promise<unknown>)[]): Promise<unknown[]> {
      const before = await seenOf(installation(), watched);
      const answers: unknown[] = [];
      for (const attempt of tries) answers.push(await attempt().catch((error: unknown) => error));
      const after = await seenOf(installation(), watched);
      counts.tried += tries.length;
      if (!isDeepStrictEqual(after, before)) counts.letIn += 1;
      expect(after, name).toEqual(before);
      return answers;
    },
    /** To be called at the end. */
    tell(): void {
      process.stdout.write(`${what} tried ${counts.tried}, let in ${counts.letIn}\n`);
    },
  };
}
