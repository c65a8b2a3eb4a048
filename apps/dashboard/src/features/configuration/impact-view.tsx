import type { BotImpact, Impact } from '@clawster/contract/configuration';
import { clsx } from 'clsx';
import { ChevronRight, CircleCheck, RotateCw, TriangleAlert } from 'lucide-react';
import { count } from '../../lib/time.ts';
import { sayImpact } from './say-impact.ts';
import { reloadWords, ValueChanges } from './value-changes.tsx';

/** Of more, the list scrolls by itself, so that what follows it stays near. */
const listedAtOnce = 10;

/** Which bots a change concerns, and how: in a sentence, and for each bot what differs. */
export function ImpactView({ impact }: { impact: Impact }) {
  const unlisted = impact.changed - impact.bots.filter(({ changeCount }) => changeCount > 0).length;
  return (
    <div className="space-y-3">
      <p role="status">{sayImpact(impact)}</p>
      {impact.bots.length > 0 ? (
        <ul
          className={clsx(
            'divide-y divide-line rounded-md border border-line',
            impact.bots.length > listedAtOnce && 'max-h-96 overflow-y-auto',
          )}
          aria-label="Bots it concerns"
        >
          {impact.bots.map((bot) => (
            <BotRow key={bot.botId} bot={bot} open={impact.bots.length === 1} />
          ))}
        </ul>
      ) : null}
      {unlisted > 0 ? <p className="text-sm text-muted">and {count(unlisted, 'more bot')}</p> : null}
    </div>
  );
}

function BotRow({ bot, open }: { bot: BotImpact; open: boolean }) {
  const { botName, changes, changeCount, reload, issues } = bot;
  const Icon = issues.length > 0 ? TriangleAlert : reload === 'restart' ? RotateCw : CircleCheck;
  const look = issues.length > 0 ? 'text-bad' : reload === 'restart' ? 'text-warn' : 'text-ok';
  return (
    <li>
      <details className="group" open={open}>
        <summary className="flex cursor-pointer list-none flex-wrap items-center gap-2 px-3 py-2 text-sm hover:bg-hover">
          <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
          <span className="min-w-0 flex-1 font-medium break-words">{botName}</span>
          <span className={`flex items-center gap-1.5 ${look}`}>
            <Icon aria-hidden className="size-4" />
            {issues.length > 0 ? 'could not take it over' : `${count(changeCount, 'change')}, ${reloadWords[reload]}`}
          </span>
        </summary>
        <div className="border-t border-line px-3 py-1">
          {issues.map(({ path, message }) => (
            <p key={path + message} className="py-1.5 text-sm break-words text-bad">
              {message} <span className="font-mono text-xs text-muted">{path}</span>
            </p>
          ))}
          <ValueChanges changes={changes} total={changeCount} />
        </div>
      </details>
    </li>
  );
}
