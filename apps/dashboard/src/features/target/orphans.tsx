import type { Target } from '@clawster/contract/target';
import { count } from '../../lib/time.ts';

/** What lies on a target of bots this Clawster does not know. Nothing here deletes them: whoever does should look first. */
export function Orphans({ orphans }: Pick<Target, 'orphans'>) {
  if (orphans.length === 0) return null;
  return (
    <details className="basis-full pb-1 text-sm">
      <summary className="cursor-pointer text-warn">
        {count(orphans.length, 'bot')} here that this Clawster does not know
      </summary>
      <p className="mt-1 text-muted">
        {orphans.length === 1 ? 'It was' : 'They were'} made after the backup this Clawster was restored from, or by
        another one. Look into what is there before it is removed: the guide “Backup and restore of Clawster itself”
        says how.
      </p>
      <ul className="mt-1 space-y-0.5">
        {orphans.map(({ botId, name }) => (
          <li key={botId}>
            {name} <code className="font-mono text-xs break-all text-faint">{botId}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
