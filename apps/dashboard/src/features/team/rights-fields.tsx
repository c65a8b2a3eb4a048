import { TextField } from '../../ui/text-field.tsx';
import type { RightsDraft } from './rights.ts';

type RightsFieldsProps = { rights: RightsDraft; onChange: (rights: RightsDraft) => void };

/** What may be asked for, and with which tools it may be done. */
export function RightsFields({ rights, onChange }: RightsFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        label="May ask for"
        hint="Capabilities with commas between, * for all, empty for none."
        value={rights.capabilities}
        onChange={(capabilities) => onChange({ ...rights, capabilities })}
      />
      <TextField
        label="With the tools"
        hint="Tools of OpenClaw, such as web_search; * for all of whoever does it."
        value={rights.tools}
        onChange={(tools) => onChange({ ...rights, tools })}
      />
    </div>
  );
}
