import { ContextKey, type Visibility } from '@clawster/contract/context-entry';
import { Refusal } from '@clawster/domain/refusal';
import { agreed } from '../team/agreed.ts';
import { asRead } from '../team/material.ts';
import { taintCaller } from '../team/session-origin.ts';
import type { ToolAnswer, ToolContext } from '../team/team-call.ts';
import {
  type Author,
  beginsWith,
  type EntryRow,
  holdsWords,
  isKnown,
  isSeenBy,
  selectEntries,
} from './context-entry.queries.ts';
import { lockEntry, refuseStale, writeEntry } from './write-entry.ts';

/** Of many, a model is told so many, with so much of each. */
const listedMax = 30;
const listedCharactersMax = 1_000;

/** Tells a bot what its team knows, of what it may see. From what people outside wrote on, its conversation is theirs, too. */
export const answerReadContext: ToolAnswer<'read_context'> = async (context, { key, prefix, search }) => {
  let asked = selectEntries(context.tx)
    .where('teamId', '=', context.caller.teamId)
    .where(isKnown)
    .where(isSeenBy(context.caller));
  if (key) asked = asked.where('key', '=', key);
  if (prefix) asked = asked.where(beginsWith(prefix));
  if (search) asked = asked.where(holdsWords(search, true));
  const rows = await asked
    .orderBy('key')
    .limit(listedMax + 1)
    .execute();
  const told = rows.slice(0, listedMax);
  if (told.some(({ untrusted }) => untrusted)) await taintCaller(context);
  if (told.length === 0)
    return { text: key ? `The team knows nothing under ${key}.` : 'The team knows nothing of the kind.' };
  const more = rows.length > listedMax ? [`There is more: ask for a longer prefix, or for other words.`] : [];
  return { text: [...told.map((row) => sayEntry(row, key !== undefined)), ...more].join('\n\n') };
};

function sayEntry({ key, version, text, untrusted, author, expiresAt }: EntryRow, isWhole: boolean): string {
  const whole = text ?? '';
  const shown = isWhole || whole.length <= listedCharactersMax ? whole : `${whole.slice(0, listedCharactersMax)}…`;
  const until = expiresAt ? `, until ${expiresAt.toISOString()}` : '';
  return `${key} (version ${version}, by ${(author as Author).name}${until}):\n${asRead(shown, { untrusted })}`;
}

/** Writes down for a bot's team what it says; what stems from outside stays marked as such. */
export const answerWriteContext: ToolAnswer<'write_context'> = async (context, input) => {
  const { tx, caller } = context;
  const { workspaceId, teamId, botId, botName, origin, workingAt } = caller;
  const key = agreed(ContextKey, input.key, 'key');
  const place = { teamId, key };
  const before = await lockEntry(tx, place);
  await refuseUnseen(context, before);
  refuseStale(before, input.base_version);
  const hours = input.expires_hours;
  const { version } = await writeEntry(context, before, {
    ...place,
    workspaceId,
    text: input.text,
    author: { kind: 'bot', id: botId, name: botName },
    visibility: input.only_lead ? 'lead' : visibilityAfter(before),
    untrusted: origin.untrusted,
    traceId: workingAt?.traceId ?? caller.traceId,
    expiresAt: hours === undefined ? undefined : new Date(Date.now() + hours * 3_600_000),
  });
  return { text: `Written: ${key} is at version ${version}.` };
};

/** What was for some stays for some, whoever writes it anew. */
function visibilityAfter(before: EntryRow | undefined): Visibility {
  return before && before.text !== null ? (before.visibility as Visibility) : 'team';
}

/** A bot writes over nothing that it may not see. */
async function refuseUnseen({ tx, caller }: ToolContext, before: EntryRow | undefined): Promise<void> {
  if (!before || before.text === null) return;
  const seen = await selectEntries(tx)
    .where('teamId', '=', before.teamId)
    .where('key', '=', before.key)
    .where('version', '=', before.version)
    .where(isSeenBy(caller))
    .executeTakeFirst();
  if (!seen) throw new Refusal('refused', 'Something that you do not see is under this key: choose another');
}
