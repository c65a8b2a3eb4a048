'use client';

import { api } from '@clawster/contract/api';
import type { Skill } from '@clawster/contract/skill';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { Button } from '../../ui/button.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { BelowSelect } from './below-select.tsx';
import { FieldIssue } from './field-issue.tsx';
import type { SettingsFieldsProps } from './identity-fields.tsx';
import { sayLayer } from './say-layer.ts';
import { type SkillsDraft, skillsOf, withSkills } from './settings-draft.ts';
import { choicesOf, give, letBe, takeAway } from './skill-choice.ts';
import { type SkillEdit, SkillLine } from './skill-line.tsx';
import { issueAt } from './use-preview.ts';

const ChooseSkillDialog = lazily(() => import('./choose-skill-dialog.tsx').then((module) => module.ChooseSkillDialog));
const path = 'skills';
const noSkills: Skill[] = [];

/** Which skills of the catalogue bots have, each in one version; those from below are left out or brought up to date one by one. */
export function SkillsField(props: SettingsFieldsProps) {
  const { issues, belowAt } = props;
  const [choosing, setChoosing] = useState(false);
  const { catalogue, forbidden } = useCatalogue();
  const { skills, below, pinsBelow, change, edit } = skillsIn(props);
  const choices = choicesOf(skills, pinsBelow);
  const locked = below?.lockedBy && `Locked by ${sayLayer(below.lockedBy)}: change it there`;
  return (
    <div className="space-y-3">
      <FieldIssue message={issueAt(issues, path)} />
      <ul className="divide-y divide-line rounded-md border border-line text-sm empty:hidden" aria-label="Skills">
        {choices.map((choice) => (
          <SkillLine
            key={choice.pin}
            choice={choice}
            catalogue={catalogue}
            from={pinsBelow.includes(choice.pin) ? below?.from : undefined}
            whyNot={locked}
            edit={edit}
          />
        ))}
      </ul>
      {choices.length === 0 ? <p className="text-sm text-muted">None is named here.</p> : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button icon={<Plus />} whyNot={forbidden ?? locked} onClick={() => setChoosing(true)}>
          Choose a skill…
        </Button>
        <BelowSelect label="Skills of the layers below" list={skills} onChange={change} />
      </div>
      {choosing ? (
        <ChooseSkillDialog
          catalogue={catalogue}
          choices={choices}
          onGive={edit.give}
          onTakeAway={belowAt || skills.mode === 'replace' ? undefined : edit.takeAway}
          onClose={() => setChoosing(false)}
        />
      ) : null}
    </div>
  );
}

function useCatalogue() {
  const forbidden = useWhyForbidden('skill:read');
  const { data } = useQuery({ ...q(api.skills.list, {}), enabled: forbidden === undefined });
  return { catalogue: data?.items ?? noSkills, forbidden };
}

/** What the layer says of skills, what is below where that is known, and the ways to say something else. */
function skillsIn({ draft, onChange, belowAt }: SettingsFieldsProps) {
  const skills = skillsOf(draft.settings);
  const below = belowAt?.(path);
  const pinsBelow = Array.isArray(below?.value) ? below.value.map(String) : [];
  const change = (next: SkillsDraft) => onChange(withSkills(draft, next));
  const edit: SkillEdit = {
    give: (pin) => change(give(skills, pin, pinsBelow)),
    takeAway: (pin) => change(takeAway(skills, pin)),
    letBe: (pin) => change(letBe(skills, pin)),
  };
  return { skills, below, pinsBelow, change, edit };
}
