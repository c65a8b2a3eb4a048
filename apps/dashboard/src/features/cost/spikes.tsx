import type { CostSpike } from '@clawster/contract/cost';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Card } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';

const shownMax = 5;

/** Bots that cost far more than is usual for them, of the last days; nothing when there were none. */
export function Spikes({ spikes }: { spikes: CostSpike[] }) {
  if (spikes.length === 0) return null;
  return (
    <Card title="Far more than usual" flush>
      <ul className="divide-y divide-line">
        {spikes.slice(0, shownMax).map((spike) => (
          <li key={`${spike.botId} ${spike.at}`} className="px-4 py-2.5 text-sm">
            <p className="flex flex-wrap items-baseline gap-x-3">
              {spike.botName ? (
                <Link href={paths.bot(spike.botId, 'cost')} className="font-medium hover:underline">
                  {spike.botName}
                </Link>
              ) : (
                <span className="font-medium">A bot that is gone</span>
              )}
              <span className="text-xs text-faint">
                <Time at={spike.at} />
              </span>
            </p>
            <p className="text-muted">{spike.why}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
