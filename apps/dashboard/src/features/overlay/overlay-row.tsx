import type { Overlay } from '@clawster/contract/overlay';
import { Pencil, Trash2 } from 'lucide-react';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Until } from '../../ui/time.tsx';
import { sayWhom } from './whom-fields.tsx';

type OverlayRowProps = {
  overlay: Overlay;
  forbidden: string | undefined;
  onOpen: () => void;
  onTake: () => void;
};

export function OverlayRow({ overlay, forbidden, onOpen, onTake }: OverlayRowProps) {
  const { name, reason, priority, botCount, expiresAt } = overlay;
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm break-words text-muted">
          {reason ? `${reason} · ` : ''}
          for {sayWhom(overlay)} · {count(botCount, 'bot')} · priority {priority} ·{' '}
          {expiresAt ? (
            <>
              until <Until at={expiresAt} />
            </>
          ) : (
            'until it is taken away'
          )}
        </p>
      </div>
      <div className="flex gap-2">
        <Button icon={<Pencil />} onClick={onOpen}>
          {forbidden ? 'Look at it' : 'Change'}
          <span className="sr-only"> {name}</span>
        </Button>
        <Button look="danger" icon={<Trash2 />} whyNot={forbidden} onClick={onTake}>
          Take away…<span className="sr-only"> {name}</span>
        </Button>
      </div>
    </li>
  );
}
