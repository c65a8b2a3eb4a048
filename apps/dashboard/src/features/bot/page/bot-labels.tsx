import type { Bot } from '@clawster/contract/bot';
import { useState } from 'react';
import { lazily } from '../../../lib/lazily.tsx';
import { Button } from '../../../ui/button.tsx';
import { useIdentity, whyForbidden } from '../../session/use-identity.ts';

const LabelsDialog = lazily(() => import('./labels-dialog.tsx').then((module) => module.LabelsDialog));

/** A bot's labels, and a way to change them. */
export function BotLabels({ bot }: { bot: Bot }) {
  const [editing, setEditing] = useState(false);
  const forbidden = whyForbidden(useIdentity(), 'bot:label', bot);
  const pairs = Object.entries(bot.labels);
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {pairs.length === 0 ? <span className="text-muted">none</span> : null}
      {pairs.map(([name, value]) => (
        <code key={name} className="rounded border border-line bg-ground px-1.5 font-mono text-xs break-all">
          {name}={value}
        </code>
      ))}
      <Button look="quiet" whyNot={forbidden} onClick={() => setEditing(true)}>
        Change…
      </Button>
      {editing ? <LabelsDialog bot={bot} onClose={() => setEditing(false)} /> : null}
    </span>
  );
}
