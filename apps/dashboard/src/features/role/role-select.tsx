import type { ComponentProps } from 'react';
import { Select } from '../../ui/field.tsx';
import { useGrantableRoles } from './use-roles.ts';

/** The roles the signed-in person can hand out, to choose one of. */
export function RoleSelect(props: ComponentProps<'select'>) {
  const roles = useGrantableRoles();
  return (
    <Select {...props}>
      {roles.map(({ name }) => (
        <option key={name}>{name}</option>
      ))}
    </Select>
  );
}

/** What the role is for that is chosen. */
export function useRoleHint(name: string): string | undefined {
  return useGrantableRoles().find((role) => role.name === name)?.description;
}
