import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { NoBots } from './no-bots.tsx';

/** No bot at all, or none that the filter lets through. */
export function NoMatch({ clear }: { clear: (() => void) | undefined }) {
  if (!clear) return <NoBots />;
  return (
    <Empty title="No bot matches" action={<Button onClick={clear}>Clear the filter</Button>}>
      Try another word or another phase.
    </Empty>
  );
}
