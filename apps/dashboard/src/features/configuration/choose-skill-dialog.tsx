'use client';

import type { SkillPin } from '@clawster/contract/settings';
import type { Skill } from '@clawster/contract/skill';
import { pinOf } from '@clawster/domain/skill/pin';
import { useState } from 'react';
import { exactTime } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import {
  type CatalogueEntry,
  entriesOf,
  sayScan,
  searched,
  shortDigest,
  skillOf,
  whyNotGive,
} from '../skill/catalogue.ts';
import { SearchBar } from './search-bar.tsx';
import type { SkillChoice } from './skill-choice.ts';

type ChooseSkillDialogProps = {
  catalogue: readonly Skill[];
  /** What the layer has or takes away already. */
  choices: readonly SkillChoice[];
  onGive: (pin: SkillPin) => void;
  /** Absent where it is known what is below, and can be left out there. */
  onTakeAway: ((pin: SkillPin) => void) | undefined;
  onClose: () => void;
};

/** The catalogue, to give a version or to take it away; one that is held back says why it cannot be given. */
export function ChooseSkillDialog({ catalogue, onClose, ...others }: ChooseSkillDialogProps) {
  const [search, setSearch] = useState('');
  const fitting = searched(entriesOf(catalogue), search);
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Choose a skill"
      lead="A layer names one version of it. The catalogue is under Configuration, Skills."
    >
      <SearchBar label="Search skills" value={search} onChange={setSearch} />
      <ul className="divide-y divide-line" aria-label="Skills of the catalogue">
        {fitting.map((entry) => (
          <EntryRow key={entry.name} entry={entry} onDone={onClose} {...others} />
        ))}
      </ul>
      {fitting.length === 0 ? (
        <p className="py-2 text-sm text-muted">
          {catalogue.length > 0 ? 'No skill fits. Search for less.' : 'There is none in the catalogue yet.'}
        </p>
      ) : null}
    </Dialog>
  );
}

type EntryRowProps = Pick<ChooseSkillDialogProps, 'choices' | 'onGive' | 'onTakeAway'> & {
  entry: CatalogueEntry;
  onDone: () => void;
};

function EntryRow({ entry, choices, onGive, onTakeAway, onDone }: EntryRowProps) {
  const [chosen, setChosen] = useState(() => pinOf(entry.newest));
  const skill = skillOf(entry.versions, chosen) ?? entry.newest;
  const known = choices.find(({ pin }) => pin === chosen)?.state;
  const whyNotThis = whyNotGive(skill);
  const choose = (does: (pin: SkillPin) => void) => () => {
    does(chosen);
    onDone();
  };
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-3 gap-y-2 py-2.5 text-sm">
      <span className="min-w-0 flex-1 basis-60 break-words">
        <span className="font-medium">{entry.name}</span>
        <span className="block">{skill.description}</span>
        <span className={`block text-xs ${whyNotThis ? 'text-warn' : 'text-muted'}`}>
          {whyNotThis ?? sayScan(skill)}
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-2">
        <VersionSelect entry={entry} chosen={chosen} onChoose={setChosen} />
        {onTakeAway ? (
          <Button
            look="quiet"
            whyNot={known === 'out' ? 'It is taken away already' : undefined}
            onClick={choose(onTakeAway)}
          >
            Take away<span className="sr-only"> {entry.name}</span>
          </Button>
        ) : null}
        <Button
          whyNot={whyNotThis ?? (known === 'given' || known === 'below' ? 'It is given already' : undefined)}
          onClick={choose(onGive)}
        >
          Give<span className="sr-only"> {entry.name}</span>
        </Button>
      </span>
    </li>
  );
}

type VersionSelectProps = { entry: CatalogueEntry; chosen: SkillPin; onChoose: (pin: SkillPin) => void };

function VersionSelect({ entry, chosen, onChoose }: VersionSelectProps) {
  if (entry.versions.length === 1) return <code className="font-mono text-xs">{shortDigest(entry.newest.digest)}</code>;
  return (
    <Select
      aria-label={`Version of ${entry.name}`}
      className="w-auto!"
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
    >
      {entry.versions.map((version, at) => (
        <option key={version.digest} value={pinOf(version)} title={exactTime(version.createdAt)}>
          {shortDigest(version.digest)}
          {at === 0 ? ' (newest)' : ''}
          {version.status === 'held' ? ', held back' : ''}
        </option>
      ))}
    </Select>
  );
}
