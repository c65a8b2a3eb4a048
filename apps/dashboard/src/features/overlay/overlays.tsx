'use client';

import { api } from '@clawster/contract/api';
import type { Overlay } from '@clawster/contract/overlay';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { qPages } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useSettled } from '../../lib/use-settled.ts';
import { useUrlState } from '../../lib/use-url-state.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { ReviewDialog } from '../configuration/review-dialog.tsx';
import { SearchBar } from '../configuration/search-bar.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { OverlayEditor } from './overlay-editor.tsx';
import { OverlayRow } from './overlay-row.tsx';
import { BotSelect } from '../bot/bot-select.tsx';

/** Small differences of one bot or of some, for a while or for good: the list, or the one that is open. */
export function Overlays() {
  const [opened, setOpened] = useOpened();
  const { query, overlays } = useOverlays();
  const close = () => setOpened(undefined);
  if (opened === 'new') return <OverlayEditor overlay={undefined} onClose={close} />;
  const open = overlays?.find(({ id }) => id === opened);
  if (open) return <OverlayEditor key={open.version} overlay={open} onClose={close} />;
  return (
    <>
      {opened && overlays ? <Trouble message="There is no such overlay: it was taken away, or has expired." /> : null}
      {query.error && !overlays ? (
        <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />
      ) : (
        <OverlayList overlays={overlays} onOpen={setOpened} />
      )}
      <ShowMore query={query} />
    </>
  );
}

/** Those of the bot and the name in the address, or all. */
function useOverlays() {
  const [params] = useUrlState();
  const botId = params.get('bot') ?? '';
  const search = useSettled((params.get('search') ?? '').trim(), 200);
  const query = useInfiniteQuery({
    ...qPages(api.overlays.list, { limit: 100, ...(botId ? { botId } : {}), ...(search ? { search } : {}) }),
    placeholderData: keepPreviousData,
  });
  return { query, overlays: query.data?.pages.flatMap((page) => page.items) };
}

type OverlayListProps = { overlays: Overlay[] | undefined; onOpen: (id: string) => void };

function OverlayList({ overlays, onOpen }: OverlayListProps) {
  const [params, setParams] = useUrlState();
  const search = params.get('search') ?? '';
  const [taken, setTaken] = useState<Overlay>();
  const forbidden = useWhyForbidden('overlay:manage');
  const add = (
    <Button look="primary" icon={<Plus />} whyNot={forbidden} onClick={() => onOpen('new')}>
      New overlay
    </Button>
  );
  return (
    <>
      <SearchBar label="Search overlays" value={search} onChange={(text) => setParams({ search: text || null })}>
        <BotSelect
          none="Of all bots"
          aria-label="Of which bot"
          className="w-auto! max-w-full"
          value={params.get('bot') ?? ''}
          onChange={(event) => setParams({ bot: event.target.value || null })}
        />
        {add}
      </SearchBar>
      <Card flush>
        <ul className="divide-y divide-line" aria-label="Overlays" aria-busy={!overlays}>
          {overlays?.map((overlay) => (
            <OverlayRow
              key={overlay.id}
              overlay={overlay}
              forbidden={forbidden}
              onOpen={() => onOpen(overlay.id)}
              onTake={() => setTaken(overlay)}
            />
          )) ?? <RowsWaiting rows={2} />}
        </ul>
        {overlays?.length === 0 ? <None searched={search !== ''} add={add} /> : null}
      </Card>
      {taken ? <TakeDialog overlay={taken} onClose={() => setTaken(undefined)} /> : null}
    </>
  );
}

function None({ searched, add }: { searched: boolean; add: React.ReactNode }) {
  if (searched) return <Empty title="No overlay fits">Search for less.</Empty>;
  return (
    <Empty icon={<CalendarClock />} title="No overlays" action={add}>
      An overlay is a small difference of one bot or of some, such as other replies over the holidays. It can end by
      itself.
    </Empty>
  );
}

function TakeDialog({ overlay, onClose }: { overlay: Overlay; onClose: () => void }) {
  return (
    <ReviewDialog
      title={`Take the overlay ${overlay.name} away`}
      lead="Its bots go on without it at once."
      proposed={{ kind: 'overlay', overlayId: overlay.id }}
      verb="Take it away"
      danger
      withReason={false}
      save={async () => {
        await client.overlays.delete({ overlayId: overlay.id });
        return `The overlay ${overlay.name} was taken away.`;
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}
