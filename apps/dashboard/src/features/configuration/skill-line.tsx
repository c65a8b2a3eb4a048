import type { LayerRef } from '@clawster/contract/layer';
import type { SkillPin } from '@clawster/contract/settings';
import type { Skill } from '@clawster/contract/skill';
import { partsOf, pinOf } from '@clawster/domain/skill/pin';
import { clsx } from 'clsx';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Button } from '../../ui/button.tsx';
import { newerThan, sayScan, skillOf, whyNotGive } from '../skill/catalogue.ts';
import { Digest } from '../skill/digest.tsx';
import { sayLayer } from './say-layer.ts';
import type { SkillChoice } from './skill-choice.ts';

/** What a layer can say of a version. */
export type SkillEdit = Record<'give' | 'takeAway' | 'letBe', (pin: SkillPin) => void>;

type SkillLineProps = {
  choice: SkillChoice;
  catalogue: readonly Skill[];
  /** The layer below that it comes from, where that is known. */
  from: LayerRef | undefined;
  /** Why nothing can be changed. */
  whyNot: string | undefined;
  edit: SkillEdit;
};

/** A skill that a layer has or takes away, in its version; a newer one is offered. */
export function SkillLine({ choice: { pin, state }, catalogue, from, whyNot, edit }: SkillLineProps) {
  const { name, digest } = partsOf(pin);
  const isOut = state === 'out';
  const { verb, does } = wayBack(state, from !== undefined);
  return (
    <li className="space-y-1 px-3 py-2">
      <div className="flex items-start justify-between gap-2">
        <span className={clsx('min-w-0 break-words', isOut && 'text-muted')}>
          <Link
            href={paths.configuration('skills', pin)}
            className={clsx('font-medium underline underline-offset-2', isOut && 'line-through')}
          >
            {name}
          </Link>{' '}
          <Digest digest={digest} />
          <About skill={skillOf(catalogue, pin)} />
          <span className="block text-xs text-muted">{sayState(state, from)}</span>
        </span>
        <Button look="quiet" whyNot={whyNot} onClick={() => edit[does](pin)}>
          {verb}
          <span className="sr-only"> {name}</span>
        </Button>
      </div>
      {isOut ? null : <Newer newer={newerThan(catalogue, pin)} whyNot={whyNot} onGive={edit.give} />}
    </li>
  );
}

function About({ skill }: { skill: Skill | undefined }) {
  if (!skill) return null;
  return (
    <>
      <span className="block text-muted">{skill.description}</span>
      {skill.status === 'held' ? <span className="block text-xs text-warn">{sayScan(skill)}</span> : null}
    </>
  );
}

/** What undoes the state a skill is in. */
function wayBack(state: SkillChoice['state'], isFromBelow: boolean): { verb: string; does: keyof SkillEdit } {
  if (state === 'out')
    return isFromBelow ? { verb: 'Take it back', does: 'give' } : { verb: 'Let it be', does: 'letBe' };
  return isFromBelow ? { verb: 'Leave out', does: 'takeAway' } : { verb: 'Remove', does: 'letBe' };
}

function sayState(state: SkillChoice['state'], from: LayerRef | undefined): string {
  if (!from) return state === 'out' ? 'Taken away from the layers below.' : 'Given here.';
  return `From ${sayLayer(from)}${state === 'out' ? '; left out here' : ''}.`;
}

type NewerProps = { newer: Skill | undefined; whyNot: string | undefined; onGive: (pin: SkillPin) => void };

function Newer({ newer, whyNot, onGive }: NewerProps) {
  if (!newer) return null;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-xs">
      <span className="text-warn">
        There is a newer version, <Digest digest={newer.digest} />
        {newer.status === 'held' ? `, ${sayScan(newer)}` : ''}.
      </span>
      <Button whyNot={whyNot ?? whyNotGive(newer)} onClick={() => onGive(pinOf(newer))}>
        Take the newer one<span className="sr-only"> of {newer.name}</span>
      </Button>
    </div>
  );
}
