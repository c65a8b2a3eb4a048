import { type Tool, tools } from '@clawster/domain/config/tools';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Select } from '../../ui/field.tsx';
import { FieldIssue } from './field-issue.tsx';
import type { SettingsFieldsProps } from './identity-fields.tsx';
import { sayLayer } from './say-layer.ts';
import { type ToolsDraft, toolsOf, withTool } from './settings-draft.ts';
import { issueAt } from './use-preview.ts';
import type { Below } from './value-below.ts';

const path = 'openclaw.tools.allow';

/** Which tools a bot has, each with what it can do; those closed to every bot are told, and why. */
export function ToolsField({ draft, onChange, issues, belowAt }: SettingsFieldsProps) {
  const chosen = toolsOf(draft.settings);
  const below = belowAt?.(path);
  return (
    <div className="space-y-3">
      <FieldIssue message={issueAt(issues, 'openclaw.tools')} />
      <ul className="space-y-2" aria-label="Tools">
        {tools.map((tool) => (
          <li key={tool.name}>
            {below || chosen.list ? (
              <ToolBox
                tool={tool}
                below={below}
                chosen={chosen}
                onChange={(wanted) => onChange(withTool(draft, tool.name, wanted))}
              />
            ) : (
              <ToolChoice
                tool={tool}
                chosen={chosen}
                onChange={(wanted) => onChange(withTool(draft, tool.name, wanted))}
              />
            )}
          </li>
        ))}
      </ul>
      <p className="text-xs text-muted">
        Closed to every bot: commands on the host and the browser, since they reach beyond it; sessions, subagents and
        messages, since bots speak with each other through Clawster alone; gateway, plugins, cron and secrets, since
        they change the bot’s own setup.
      </p>
    </div>
  );
}

type Wanted = 'on' | 'off' | 'below';
type ToolProps = { tool: Tool; chosen: ToolsDraft; onChange: (wanted: Wanted) => void };

/** Where it is known what is below, or all tools are named here: on or off. */
function ToolBox({ tool, below, chosen, onChange }: ToolProps & { below: Below | undefined }) {
  const { given, isOn } = stateOf(tool, chosen, below);
  const toggle = (on: boolean) => onChange(on === given && !chosen.list ? 'below' : on ? 'on' : 'off');
  const origin = given && below?.from ? ` From ${sayLayer(below.from)}.` : '';
  return (
    <Checkbox
      checked={isOn}
      whyNot={below?.lockedBy && `Locked by ${sayLayer(below.lockedBy)}: change it there`}
      onChange={toggle}
    >
      <ToolWords tool={tool} />
      <span className="block text-xs text-muted">
        {isOn === given ? origin : isOn ? ' Given here.' : `${origin} Taken away here.`}
      </span>
    </Checkbox>
  );
}

function stateOf({ name }: Tool, { list, add, remove }: ToolsDraft, below: Below | undefined) {
  const given = Array.isArray(below?.value) && below.value.includes(name);
  return { given, isOn: list ? list.includes(name) : add.includes(name) || (given && !remove.includes(name)) };
}

/** In a layer that many bots share: given, taken away, or left to what is below. */
function ToolChoice({ tool, chosen, onChange }: ToolProps) {
  const value: Wanted = chosen.add.includes(tool.name) ? 'on' : chosen.remove.includes(tool.name) ? 'off' : 'below';
  return (
    <div className="flex items-start justify-between gap-3 text-sm">
      <span className="min-w-0">
        <ToolWords tool={tool} />
      </span>
      <Select
        aria-label={tool.title}
        className="w-auto! shrink-0"
        value={value}
        onChange={(event) => onChange(event.target.value as Wanted)}
      >
        <option value="below">as below</option>
        <option value="on">given</option>
        <option value="off">taken away</option>
      </Select>
    </div>
  );
}

function ToolWords({ tool: { title, name, does, kind } }: { tool: Tool }) {
  return (
    <>
      <span className="font-medium">{title}</span> <code className="font-mono text-xs text-muted">{name}</code>
      {kind === 'guarded' ? <span className="ml-2 text-xs text-warn">reaches beyond its workspace</span> : null}
      <span className="block text-muted">{does}</span>
    </>
  );
}
