import type { Connector } from '@clawster/contract/connector';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bot, KeyRound, RefreshCw, SlidersHorizontal, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';
import { sayLimits, sayModel } from './say-rules.ts';

type RowProps = {
  connector: Connector;
  forbidden: string | undefined;
  onAsk: (what: 'give' | 'rules' | 'replace-key' | 'delete') => void;
};

/** One model provider: what it offers, how it answered last, who uses it, and what can be done. */
export function ConnectorRow({ connector, forbidden, onAsk }: RowProps) {
  const { name, provider, models, model, baseUrl } = connector;
  const builtIn = provider === 'demo';
  const others = models.length - 1;
  const usual = models.find(({ id }) => id === model);
  const limits = sayLimits(connector);
  return (
    <li className="space-y-2 px-4 py-3">
      <div className="flex min-h-[2.75rem] flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-2 font-medium">
            {name}
            <span className="text-sm font-normal text-muted">
              {usual && !builtIn ? sayModel(usual) : model}
              {others > 0 ? ` and ${count(others, 'more model')}` : ''}
            </span>
          </p>
          <p className="text-sm break-words text-muted">
            {builtIn ? 'Built in; needs no key and says that it is a demo' : baseUrl} · <Users connector={connector} />
          </p>
          {limits ? <p className="text-sm text-muted">{limits}</p> : null}
        </div>
        <Actions connector={connector} forbidden={forbidden} onAsk={onAsk} />
      </div>
      {builtIn ? null : <LastCheck connector={connector} forbidden={forbidden} />}
    </li>
  );
}

function Users({ connector: { bots, botCount } }: { connector: Connector }) {
  if (bots.length === 0) return count(botCount, 'bot');
  const more = botCount - bots.length;
  return (
    <>
      {'used by '}
      {bots.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 ? ', ' : ''}
          <Link href={paths.bot(id)} className="underline underline-offset-2">
            {name}
          </Link>
        </span>
      ))}
      {more > 0 ? ` and ${more} more` : ''}
    </>
  );
}

function Actions(props: RowProps) {
  const { connector, forbidden, onAsk } = props;
  const mayNotChange = whyNowhere(useIdentity(), 'bot:update');
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={<Bot />} whyNot={forbidden ?? mayNotChange} onClick={() => onAsk('give')}>
        Give to bots
      </Button>
      {connector.provider === 'demo' ? null : <OwnActions {...props} />}
    </div>
  );
}

/** What can be done with one that was added. */
function OwnActions({ connector: { botCount }, forbidden, onAsk }: RowProps) {
  const inUse =
    botCount > 0
      ? `${count(botCount, 'bot')} ${botCount === 1 ? 'uses' : 'use'} it: give them another connector first`
      : undefined;
  return (
    <>
      <Button icon={<SlidersHorizontal />} whyNot={forbidden} onClick={() => onAsk('rules')}>
        Models and limits
      </Button>
      <Button icon={<KeyRound />} whyNot={forbidden} onClick={() => onAsk('replace-key')}>
        Replace key
      </Button>
      <Button look="danger" icon={<Trash2 />} whyNot={forbidden ?? inUse} onClick={() => onAsk('delete')}>
        Delete
      </Button>
    </>
  );
}

function LastCheck({ connector, forbidden }: Pick<RowProps, 'connector' | 'forbidden'>) {
  const queryClient = useQueryClient();
  const look = useMutation({
    mutationFn: () => client.connectors.check({ connectorId: connector.id }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['connectors'] }),
  });
  const { check } = connector;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status" className={`text-sm ${!check ? 'text-muted' : check.ok ? 'text-ok' : 'text-bad'}`}>
        {check ? `${check.ok ? '✓' : '✕'} ${check.message} ` : 'Not asked yet '}
        {check ? (
          <span className="text-faint">
            <Time at={check.checkedAt} />
          </span>
        ) : null}
      </p>
      <Button look="quiet" icon={<RefreshCw />} busy={look.isPending} whyNot={forbidden} onClick={() => look.mutate()}>
        Check now
      </Button>
    </div>
  );
}
