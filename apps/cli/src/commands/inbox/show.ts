import type { InboxItemDetail } from '@clawster/contract/inbox';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';

export const show = cliCommand({
  usage: 'inbox show <item>',
  summary: 'Show an item, with exactly what is decided about',
  input: z.object({ item: z.uuid('Give the id of an item, as clawster inbox list shows it') }),
  run: ({ client }, { item: itemId }) => client.inbox.get({ itemId }),
  show: sayItem,
});

/** An item for people, part by part. */
export function sayItem(item: InboxItemDetail): string {
  const { title, state, content, choices, answer, decidedBy, reason, expiresAt, whyNot } = item;
  return [
    title,
    `${state}${decidedBy ? ` by ${decidedBy}` : ''}${reason ? `: ${reason}` : ''}`,
    ...content.map(
      ({ label, text, untrusted }) => `\n${label}${untrusted ? ' (written by people outside)' : ''}:\n${text}`,
    ),
    ...(choices.length > 0 ? [`\nTo choose from: ${choices.join(', ')}`] : []),
    ...(answer ? [`\nAnswer: ${answer}`] : []),
    ...(expiresAt && state === 'open' ? [`\nIt expires at ${expiresAt}.`] : []),
    ...(whyNot ? [`\nYou cannot decide it: ${whyNot}`] : []),
  ].join('\n');
}
