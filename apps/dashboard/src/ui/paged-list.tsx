import { type ReactNode, useRef, useState } from 'react';
import { sentenceOf } from '../lib/sentence.ts';
import { useRowKeys } from '../lib/use-row-keys.ts';
import { Card, RowsWaiting, Trouble } from './page.tsx';
import { ShowMore } from './show-more.tsx';

type PagedListProps<Row> = {
  label: string;
  query: {
    data?: { pages: { items: Row[] }[] } | undefined;
    error: Error | null;
    refetch: () => Promise<unknown>;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => Promise<unknown>;
  };
  rowsWaiting?: number;
  /** What stands where there is none. */
  empty: ReactNode;
  /** A row: a `li` with `data-row`, and in it the link that opens it, with `data-opens`. */
  children: (row: Row, index: number) => ReactNode;
};

/** A list that is loaded page by page; j and k move in it, and why it could not be loaded is told. */
export function PagedList<Row>({ label, query, rowsWaiting = 4, empty, children }: PagedListProps<Row>) {
  const rows = query.data?.pages.flatMap(({ items }) => items);
  const [current, setCurrent] = useState(-1);
  const scroller = useRef<HTMLUListElement>(null);
  useRowKeys({ count: rows?.length ?? 0, current, onMove: setCurrent, scrollTo: () => undefined, scroller });
  if (query.error && !rows) return <Trouble message={sentenceOf(query.error)} retry={() => void query.refetch()} />;
  return (
    <>
      <Card flush>
        <ul ref={scroller} className="divide-y divide-line" aria-label={label} aria-busy={!rows}>
          {rows?.map(children) ?? <RowsWaiting rows={rowsWaiting} />}
        </ul>
        {rows?.length === 0 ? empty : null}
      </Card>
      <ShowMore query={query} />
    </>
  );
}
