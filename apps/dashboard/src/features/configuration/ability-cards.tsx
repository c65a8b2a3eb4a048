import { Card } from '../../ui/page.tsx';
import { HostsField } from '../egress/hosts-field.tsx';
import type { SettingsFieldsProps } from './identity-fields.tsx';
import { SkillsField } from './skills-field.tsx';
import { ToolsField } from './tools-field.tsx';

/** What a bot can do: by its tools, by what it is taught, and by where it can connect to. */
export function AbilityCards(fields: SettingsFieldsProps) {
  return (
    <>
      <Card title="Tools">
        <ToolsField {...fields} />
      </Card>
      <Card title="Skills">
        <SkillsField {...fields} />
      </Card>
      <Card title="Hosts it may reach">
        <HostsField {...fields} />
      </Card>
    </>
  );
}
