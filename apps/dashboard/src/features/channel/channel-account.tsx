import type { Channel } from '@clawster/contract/channel';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ChannelCheckLine } from './channel-check-line.tsx';
import { ChannelKindWord } from './kind-icon.tsx';

const ReplaceTokensDialog = lazily(() =>
  import('./replace-tokens-dialog.tsx').then((module) => module.ReplaceTokensDialog),
);

/** Which account it is, whether its service takes it, and by which secrets. */
export function ChannelAccount({ channel }: { channel: Channel }) {
  const { kind, check, secrets } = channel;
  const [replacing, setReplacing] = useState(false);
  const forbidden = useWhyForbidden('connector:manage');
  const replace = (
    <Button icon={<KeyRound />} whyNot={forbidden} onClick={() => setReplacing(true)}>
      Other tokens…
    </Button>
  );
  return (
    <Card title="Account" actions={secrets.length > 0 ? replace : undefined}>
      <div className="space-y-2">
        <p className="flex flex-wrap items-center gap-x-3 font-medium">
          <ChannelKindWord kind={kind} />
          {check?.account}
        </p>
        <ChannelCheckLine channel={channel} />
        {kind === 'whatsapp' ? (
          <p className="text-sm text-muted">It needs no token: link each bot by a phone, on the bot’s tab Channels.</p>
        ) : null}
        <ul className="text-sm">
          {secrets.map(({ field, secretId, name, version }) => (
            <li key={field}>
              <span className="text-muted">
                {channelFacts[kind].credentials[field as 'bot-token']?.label ?? field}:{' '}
              </span>
              <Link href={paths.secrets(secretId)} className="font-medium underline underline-offset-2">
                {name}
              </Link>
              <span className="text-muted">, version {version}; rotate it there to go in waves</span>
            </li>
          ))}
        </ul>
      </div>
      {replacing ? <ReplaceTokensDialog channel={channel} onClose={() => setReplacing(false)} /> : null}
    </Card>
  );
}
