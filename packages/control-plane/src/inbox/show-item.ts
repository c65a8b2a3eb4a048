import type { InboxItemDetail, InboxKind } from '@clawster/contract/inbox';
import type { Decider } from '@clawster/domain/inbox/why-not-decide';
import { whyNotDecide } from '@clawster/domain/inbox/why-not-decide';
import { type Access, may } from '@clawster/domain/role/reach';
import { botOf, contentOf, factsOf, type ItemRow, type StoredRow, toItem } from './inbox.queries.ts';

/** What is decided about money was written by nobody: those who see the item see it. */
const kindsWithoutWords: ReadonlySet<InboxKind> = new Set(['budget']);
const hidden = 'Hidden: reading what was written needs the permission conversation:read';

/** Whether someone may read what is decided about. */
export function canRead(row: StoredRow, access: Access): boolean {
  return kindsWithoutWords.has(row.kind as InboxKind) || may(access, 'conversation:read', botOf(row));
}

/** Who decides, as the rules see them. */
export function deciderOf(row: ItemRow, access: Access, personId: string | undefined): Decider {
  return { personId, permissions: access.permissions, canRead: canRead(row, access) };
}

/** An item with what it is about, as far as this reader may see it. */
export function showItem(row: ItemRow, access: Access, personId: string | undefined): InboxItemDetail {
  const reads = canRead(row, access);
  const whyNot = row.state === 'open' ? whyNotDecide(factsOf(row), deciderOf(row, access, personId)) : undefined;
  return {
    ...toItem(row, reads),
    content: contentOf(row).map((part) => (reads ? part : { ...part, text: hidden })),
    ...(row.answer === null ? {} : { answer: reads ? row.answer : hidden }),
    ...(whyNot ? { whyNot } : {}),
  };
}
