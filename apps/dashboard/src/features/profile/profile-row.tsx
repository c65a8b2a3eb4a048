import type { Profile } from '@clawster/contract/profile';
import { Pencil, Trash2 } from 'lucide-react';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { labelsText } from '../configuration/layer-fields.tsx';

type ProfileRowProps = {
  profile: Profile;
  forbidden: string | undefined;
  onOpen: () => void;
  onDelete: () => void;
};

export function ProfileRow({ profile, forbidden, onOpen, onDelete }: ProfileRowProps) {
  const { name, description, selector, priority, botCount, updatedAt, locked } = profile;
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium break-words">{name}</p>
        <p className="text-sm break-words text-muted">
          {description ? `${description} · ` : ''}
          {selector ? (
            <>
              bots with <code className="font-mono text-xs">{labelsText(selector)}</code>
            </>
          ) : (
            'by name'
          )}{' '}
          · {count(botCount, 'bot')} · priority {priority}
          {locked.length > 0 ? ` · ${count(locked.length, 'locked path')}` : ''} · <Time at={updatedAt} />
        </p>
      </div>
      <div className="flex gap-2">
        <Button icon={<Pencil />} onClick={onOpen}>
          {forbidden ? 'Look at it' : 'Change'}
          <span className="sr-only"> {name}</span>
        </Button>
        <Button look="danger" icon={<Trash2 />} whyNot={forbidden} onClick={onDelete}>
          Delete…<span className="sr-only"> {name}</span>
        </Button>
      </div>
    </li>
  );
}
