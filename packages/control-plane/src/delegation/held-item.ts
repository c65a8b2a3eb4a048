import { Rights } from '@clawster/contract/team';
import { contentHashOf, type ItemPart, type NewItem } from '../inbox/open-item.ts';
import type { DelegationRow } from './delegation-row.ts';

type Decided = Pick<
  DelegationRow,
  | 'id'
  | 'workspaceId'
  | 'teamId'
  | 'fromKind'
  | 'fromName'
  | 'fromBotId'
  | 'toName'
  | 'capability'
  | 'title'
  | 'text'
  | 'traceId'
> &
  Pick<DelegationRow, 'untrusted' | 'rights' | 'shared'>;
export type Shared = { key: string; version: number; text: string; untrusted: boolean };

/** Who asks, as people read it: a goal does nothing by itself, its plan asks. */
export function sayAsker({ fromKind, fromName }: Pick<DelegationRow, 'fromKind' | 'fromName'>): string {
  return fromKind === 'goal' ? `The plan for “${fromName}”` : fromName;
}

/** What a person decides about who is asked whether this may go on: exactly what its bot would be told and given. */
export function heldItem(row: Decided): Pick<NewItem, 'kind' | 'subject' | 'title' | 'content'> {
  const { untrusted } = row;
  const from = sayAsker(row);
  const whom = row.toName ?? `whoever can do ${row.capability}`;
  const rights = Rights.parse(row.rights);
  const plain = (label: string, text: string): ItemPart => ({ label, text, untrusted: false });
  const content = [
    plain('From', from),
    plain('To', whom),
    plain('May ask for', sayRight(rights.capabilities)),
    plain('May use', sayRight(rights.tools)),
    { label: 'Task', text: row.title, untrusted },
    { label: 'What is asked', text: row.text, untrusted },
    ...(row.shared as Shared[]).map(({ key, version, text, untrusted: isFromOutside }) => ({
      label: `From the team’s context: ${key}, version ${version}`,
      text,
      untrusted: isFromOutside,
    })),
  ];
  return {
    kind: 'delegation',
    subject: row.id,
    title: `${from} asks ${whom}: ${row.title}`.slice(0, 300),
    content,
  };
}

/** SHA-256 of exactly what would be decided about. */
export function hashOf(row: Decided): string {
  return contentHashOf(heldItem(row));
}

function sayRight(some: readonly string[] | 'all'): string {
  if (some === 'all') return 'all it can';
  return some.length === 0 ? 'nothing' : some.join(', ');
}
