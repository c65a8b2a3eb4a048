import { change } from '@clawster/control-plane/change';
import { type NewItem, openItem } from '@clawster/control-plane/inbox/open-item';
import type { TestApp } from './test-app.ts';

/** Puts something before the people of a workspace, as a loop or a bot would. */
export function putItem(
  { plane }: Pick<TestApp, 'plane'>,
  item: Pick<NewItem, 'workspaceId'> & Partial<NewItem>,
): Promise<{ id: string; contentHash: string }> {
  return change(plane, { workspaceId: item.workspaceId, job: 'test' }, (context) =>
    openItem(context, {
      // Nothing follows of what is decided about it.
      kind: 'stall',
      subject: 'task',
      title: 'Ada waits for the keys',
      content: [{ label: 'Task', text: 'Rotate the keys', untrusted: false }],
      decisions: ['approve', 'refuse'],
      ...item,
    }),
  );
}
