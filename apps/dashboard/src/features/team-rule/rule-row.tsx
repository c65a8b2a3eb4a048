import type { TeamRule } from '@clawster/contract/team-rule';
import { clsx } from 'clsx';
import { ArrowDown, ArrowUp, GripVertical, Pencil, Trash2 } from 'lucide-react';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { sayRule } from './say-rule.ts';

export const decisionLooks: Record<TeamRule['action']['do'], Look> = {
  allow: { word: 'Lets through', tone: 'ok', shape: 'disc' },
  hold: { word: 'Holds for a person', tone: 'warn', shape: 'bars' },
  refuse: { word: 'Refuses', tone: 'bad', shape: 'square' },
};

type RuleRowProps = {
  rule: TeamRule;
  at: number;
  count: number;
  whyNot: string | undefined;
  isDragged: boolean;
  /** Which is being dragged; undefined when it was let go. */
  onDrag: (at: number | undefined) => void;
  onMove: (to: number) => void;
  onPut: (rule: TeamRule) => void;
  onEdit: () => void;
  onRemove: () => void;
};

/** A rule among others, in words; moved by dragging or by its arrows. */
export function RuleRow({ rule, at, whyNot, isDragged, onDrag, onMove, ...rest }: RuleRowProps) {
  const { name, enabled, action } = rule;
  return (
    <li aria-label={name}>
      {/* For a pointer; the arrows beside it do the same by keys. */}
      <div
        role="presentation"
        draggable={whyNot === undefined}
        onDragStart={() => onDrag(at)}
        onDragEnd={() => onDrag(undefined)}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          onMove(at);
          onDrag(undefined);
        }}
        className={clsx('flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3', isDragged && 'opacity-50')}
      >
        <span className="flex items-center gap-1 pt-0.5 text-sm text-muted tabular-nums">
          <GripVertical aria-hidden className={clsx('size-4', whyNot ? 'opacity-30' : 'cursor-grab')} />
          {at + 1}
        </span>
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-3">
            <span className={clsx('font-medium break-words', !enabled && 'text-muted line-through')}>{name}</span>
            <StateWord look={enabled ? decisionLooks[action.do] : { word: 'Off', tone: 'off', shape: 'gone' }} />
          </p>
          <p className="text-sm break-words text-muted">{sayRule(rule)}</p>
        </div>
        {whyNot ? null : <Buttons rule={rule} at={at} onMove={onMove} {...rest} />}
      </div>
    </li>
  );
}

type ButtonsProps = Pick<RuleRowProps, 'rule' | 'at' | 'count' | 'onMove' | 'onPut' | 'onEdit' | 'onRemove'>;

function Buttons({ rule, at, count, onMove, onPut, onEdit, onRemove }: ButtonsProps) {
  const { name, enabled } = rule;
  return (
    <div className="flex items-center gap-1">
      <Checkbox checked={enabled} onChange={(on) => onPut({ ...rule, enabled: on })}>
        On<span className="sr-only">: {name}</span>
      </Checkbox>
      <IconButton label={`Move ${name} up`} aria-disabled={at === 0} onClick={() => onMove(at - 1)}>
        <ArrowUp />
      </IconButton>
      <IconButton label={`Move ${name} down`} aria-disabled={at === count - 1} onClick={() => onMove(at + 1)}>
        <ArrowDown />
      </IconButton>
      <IconButton label={`Change ${name}`} onClick={onEdit}>
        <Pencil />
      </IconButton>
      <IconButton label={`Take ${name} out`} onClick={onRemove}>
        <Trash2 />
      </IconButton>
    </div>
  );
}
