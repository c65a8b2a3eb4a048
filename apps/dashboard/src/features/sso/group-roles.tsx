'use client';

import type { Role } from '@clawster/contract/permission';
import { Plus, X } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button, IconButton } from '../../ui/button.tsx';
import { Input, Select } from '../../ui/field.tsx';
import type { ProviderFormState } from './provider-form.tsx';

/** Which group of the provider has which role here. */
export function GroupRoles({ form, offered }: { form: ProviderFormState; offered: Role[] }) {
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'groupRoles' });
  return (
    <fieldset className="space-y-2">
      <legend className="text-sm font-medium">Groups and roles</legend>
      <p className="text-xs text-muted">Of several groups the highest role counts, at each sign-in anew.</p>
      {fields.map((field, index) => (
        <div key={field.id} className="flex items-center gap-2">
          <Input
            {...form.register(`groupRoles.${index}.group`)}
            aria-label={`Group ${index + 1}`}
            placeholder="The group, as the provider spells it"
            spellCheck={false}
          />
          <Select
            {...form.register(`groupRoles.${index}.role`)}
            aria-label={`Role of group ${index + 1}`}
            className="max-w-36"
          >
            {withCurrent(offered, field.role).map((role) => (
              <option key={role}>{role}</option>
            ))}
          </Select>
          <IconButton label={`Leave out group ${index + 1}`} onClick={() => remove(index)}>
            <X />
          </IconButton>
        </div>
      ))}
      <Button icon={<Plus />} onClick={() => append({ group: '', role: 'viewer' })}>
        Add a group
      </Button>
    </fieldset>
  );
}

/** A role that one could not hand out oneself is still shown where it stands. */
function withCurrent(offered: Role[], current: Role): Role[] {
  return offered.includes(current) ? offered : [current, ...offered];
}
