import { Select } from '../../ui/field.tsx';
import type { ListDraft } from './settings-draft.ts';

type BelowSelectProps<Item> = { label: string; list: ListDraft<Item>; onChange: (list: ListDraft<Item>) => void };

/** Whether what is named here stands beside what comes from below, or in its place. */
export function BelowSelect<Item>({ label, list, onChange }: BelowSelectProps<Item>) {
  return (
    <Select
      aria-label={label}
      className="w-auto!"
      value={list.mode}
      onChange={(event) =>
        onChange({ ...list, mode: event.target.value === 'replace' ? 'replace' : 'add', without: [] })
      }
    >
      <option value="add">beside those from below</option>
      <option value="replace">in the place of those from below</option>
    </Select>
  );
}
