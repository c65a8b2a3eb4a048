import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { sentenceOf } from '../../lib/sentence.ts';
import { Empty } from '../../ui/empty.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';

type UsageShownProps<Overview> = {
  query: UseQueryResult<Overview>;
  icon: ReactNode;
  nothing: string;
  /** What would be here. */
  about: string;
  children: (overview: Overview) => ReactNode;
};

/** An overview of a time, when it is known and there is something in it. */
export function UsageShown<Overview extends { items: unknown[] }>(props: UsageShownProps<Overview>) {
  const { query, icon, nothing, about, children } = props;
  const { data, error, isPlaceholderData, refetch } = query;
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data)
    return (
      <div aria-busy className="space-y-4">
        <Skeleton className="h-72 w-full" />
        <Skeleton className="h-48 w-full" />
      </div>
    );
  if (data.items.length === 0)
    return (
      <Card>
        <Empty icon={icon} title={nothing}>
          {about} Choose a longer time, or talk to a bot.
        </Empty>
      </Card>
    );
  return (
    <div aria-busy={isPlaceholderData} className={`space-y-4 ${isPlaceholderData ? 'opacity-60' : ''}`}>
      {children(data)}
    </div>
  );
}
