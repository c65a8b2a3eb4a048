'use client';

import { api } from '@clawster/contract/api';
import type { Bot } from '@clawster/contract/bot';
import type { ChannelPairing } from '@clawster/contract/channel';
import { channelFacts } from '@clawster/domain/channel/kinds';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';
import { useChannelChange } from './use-channel-change.ts';

/** That somebody wrote is known by the bot alone. */
const lookAgainMs = 10_000;

/** Who wrote to a running bot and waits to be let in; nothing where it cannot be asked. */
export function Pairings({ bot }: { bot: Bot }) {
  const forbidden = whyForbidden(useIdentity(), 'bot:operate', bot);
  const answers = bot.status.phase === 'ready' || bot.status.phase === 'degraded';
  return answers && !forbidden ? <Waiting bot={bot} /> : null;
}

function Waiting({ bot }: { bot: Bot }) {
  const { data, error, refetch } = useQuery({
    ...q(api.channels.pairings, { botId: bot.id }),
    refetchInterval: lookAgainMs,
  });
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return (
    <Card title="Waiting to be let in" flush>
      {data?.items.length === 0 ? <p className="p-4 text-sm text-muted">Nobody waits.</p> : null}
      <ul className="divide-y divide-line" aria-label="Waiting to be let in" aria-busy={!data}>
        {data?.items.map((pairing) => <PairingRow key={pairing.requestId} bot={bot} pairing={pairing} />) ?? (
          <RowsWaiting rows={1} />
        )}
      </ul>
    </Card>
  );
}

function PairingRow({ bot, pairing }: { bot: Bot; pairing: ChannelPairing }) {
  const { requestId, kind, account, senderId, senderName, requestedAt } = pairing;
  const who = senderName ?? senderId;
  const decide = useChannelChange<unknown, 'approve' | 'dismiss'>({
    change: (decision) => client.channels.decidePairing({ botId: bot.id, requestId, kind, account, decision }),
    onDone: () => undefined,
  });
  const say = (decision: 'approve' | 'dismiss') =>
    decide.mutate(decision, {
      onSuccess: () =>
        tell(decision === 'approve' ? `${who} may write to ${bot.name} now.` : `${who} was turned away.`),
      onError: tellTrouble,
    });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium break-words">{who}</p>
        <p className="text-sm text-muted">
          {channelFacts[kind].name} {senderId}
          {requestedAt ? (
            <>
              {' '}
              · asked <Time at={requestedAt} />
            </>
          ) : null}
        </p>
      </div>
      <div className="flex gap-2">
        <Button look="primary" busy={decide.isPending && decide.variables === 'approve'} onClick={() => say('approve')}>
          Let in<span className="sr-only"> {who}</span>
        </Button>
        <Button busy={decide.isPending && decide.variables === 'dismiss'} onClick={() => say('dismiss')}>
          Turn away<span className="sr-only"> {who}</span>
        </Button>
      </div>
    </li>
  );
}
