import { MessagesSquare, SearchX } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { type ActivityFilter, cleared, isNarrowed, type SetActivityFilter } from './activity-filter.ts';

type NoTurnsProps = {
  filter: ActivityFilter;
  setFilter: SetActivityFilter;
  /** The only bot that is looked at, where it is the page's. */
  botId?: string | undefined;
};

/** Why no turn is listed, and what to do: fewer filters, a longer time, or talking to a bot. */
export function NoTurns({ filter, setFilter, botId }: NoTurnsProps) {
  if (isNarrowed(filter))
    return (
      <Empty
        icon={<SearchX />}
        title="Nothing matches"
        action={<Button onClick={() => setFilter(cleared, { push: true })}>Clear the filters</Button>}
      >
        No turn of this time fits. Choose fewer filters, or a longer time.
      </Empty>
    );
  return (
    <Empty
      icon={<MessagesSquare />}
      title="No turns in this time"
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <ButtonLink look="primary" href={botId ? paths.bot(botId, 'chat') : paths.bots}>
            {botId ? 'Talk to it' : 'Talk to a bot'}
          </ButtonLink>
          {filter.range === 'month' ? null : (
            <Button onClick={() => setFilter({ range: 'month', from: '', to: '' }, { push: true })}>
              Look at the last 30 days
            </Button>
          )}
        </div>
      }
    >
      A turn is a message to a bot and all it does to answer. Write to one in its chat or on a channel: the turn is here
      as soon as it is over.
    </Empty>
  );
}
