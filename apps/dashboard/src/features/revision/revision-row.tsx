import type { Bot } from '@clawster/contract/bot';
import type { Revision } from '@clawster/contract/revision';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyNot } from '../bot/use-why-not.ts';
import { actorName } from '../event/say-event.ts';
import { sayCause } from './say-cause.ts';
import type { Compared } from './revisions.tsx';

export type Asked = { what: 'label' | 'roll-back'; revision: Revision };
type RevisionRowProps = {
  bot: Bot;
  revision: Revision;
  chosen: boolean;
  onChoose: (on: boolean) => void;
  /** The number of the one before it, when that is known. */
  before: number | undefined;
  onCompare: (compared: Compared) => void;
  onAsk: (asked: Asked) => void;
};

export function RevisionRow({ bot, revision, chosen, onChoose, before, onCompare, onAsk }: RevisionRowProps) {
  const { number, at, author, reason, label, current, verdict, verdictReason } = revision;
  const unable = useWhyNot()('update', bot);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
      <input
        type="checkbox"
        aria-label={`Choose revision ${number} to compare`}
        className="mt-1 size-4 accent-accent"
        checked={chosen}
        onChange={(event) => onChoose(event.target.checked)}
      />
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {number}
          {label ? <span className="rounded bg-hover px-1.5 text-sm break-all">{label}</span> : null}
          {current ? <span className="rounded-full bg-accent-soft px-2 text-xs text-accent">as it is now</span> : null}
          <VerdictMark verdict={verdict} />
        </p>
        <p className="text-sm break-words">{sayCause(revision)}</p>
        {reason ? <p className="text-sm break-words text-muted">“{reason}”</p> : null}
        {verdict === 'bad' && verdictReason ? <p className="text-sm break-words text-bad">{verdictReason}</p> : null}
        <p className="text-sm text-muted">
          {actorName(author)}, <Time at={at} />
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        {before === undefined ? null : (
          <Button look="quiet" onClick={() => onCompare({ since: before, number })}>
            What changed<span className="sr-only"> in revision {number}</span>
          </Button>
        )}
        <Button look="quiet" whyNot={unable} onClick={() => onAsk({ what: 'label', revision })}>
          Name…<span className="sr-only"> revision {number}</span>
        </Button>
        <Button
          whyNot={unable ?? (current ? 'It is what the bot is to be now' : undefined)}
          onClick={() => onAsk({ what: 'roll-back', revision })}
        >
          Roll back…<span className="sr-only"> to revision {number}</span>
        </Button>
      </div>
    </li>
  );
}

/** Whether a gateway was seen to be well with it; nothing while that is not known. */
function VerdictMark({ verdict }: Pick<Revision, 'verdict'>) {
  if (!verdict) return null;
  return verdict === 'good' ? (
    <span className="text-xs font-normal text-ok">✓ ran well</span>
  ) : (
    <span className="text-xs font-normal text-bad">✕ did not run</span>
  );
}
