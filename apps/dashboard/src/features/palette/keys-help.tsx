'use client';

import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { rooms } from '../shell/rooms.ts';

const keys = [
  { press: ['⌘', 'K'], does: 'Find a bot, a page or an action (Ctrl K works too)' },
  { press: ['?'], does: 'Show these keys' },
  { press: ['n'], does: 'Create a bot' },
  { press: ['/'], does: 'Search the list' },
  { press: ['j'], does: 'Next row' },
  { press: ['k'], does: 'Row before' },
  { press: ['x'], does: 'Select the row' },
  { press: ['Enter'], does: 'Open the row' },
  { press: ['a'], does: 'Approve once what is open in the inbox' },
  { press: ['r'], does: 'Refuse what is open in the inbox' },
  ...rooms.map(({ key, name }) => ({ press: ['g', key], does: `Go to ${name}` })),
];

export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="Keys">
      <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-2 text-sm">
        {keys.map(({ press, does }) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {press.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-muted">{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
