import { Button } from './button.tsx';

type ShowMoreProps = {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  className?: string;
};

/** Loads the next page of a list; nothing when all of it is there. */
export function ShowMore({ query, className = 'mt-3' }: ShowMoreProps) {
  if (!query.hasNextPage) return null;
  return (
    <div className={`flex justify-center ${className}`}>
      <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}
