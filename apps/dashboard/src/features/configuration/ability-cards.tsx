import { Card } from '../../ui/page.tsx';
import type { SettingsFieldsProps } from './identity-fields.tsx';
import { SkillsField } from './skills-field.tsx';
import { ToolsField } from './tools-field.tsx';

/** What a bot can do: by its tools, and by what it is taught. */
export function AbilityCards(fields: SettingsFieldsProps) {
  return (
    <>
      <Card title="Tools">
        <ToolsField {...fields} />
      </Card>
      <Card title="Skills">
        <SkillsField {...fields} />
      </Card>
    </>
  );
}
