import { EgressHost } from '@clawster/contract/egress';
import { useState } from 'react';
import { linesOf } from '../../lib/lines.ts';
import { Field } from '../../ui/field.tsx';
import { CodeArea } from '../../ui/code-area.tsx';
import { BelowSelect } from '../configuration/below-select.tsx';
import { FieldIssue } from '../configuration/field-issue.tsx';
import type { SettingsFieldsProps } from '../configuration/identity-fields.tsx';
import { sayLayer } from '../configuration/say-layer.ts';
import { hostsOf, withHosts } from '../configuration/settings-draft.ts';
import { issueAt } from '../configuration/use-preview.ts';

const path = 'egress.hosts';

/** Hosts that bots may reach beside those they need anyway: a line for each. */
export function HostsField({ draft, onChange, issues, belowAt }: SettingsFieldsProps) {
  const hosts = hostsOf(draft.settings);
  const below = belowAt?.(path);
  const locked = below?.lockedBy && `Locked by ${sayLayer(below.lockedBy)}: change it there.`;
  const { text, write } = useLines(hosts.own, (own) => onChange(withHosts(draft, { ...hosts, own })));
  return (
    <div className="space-y-3">
      <Field
        label="Hosts"
        hint={
          locked ??
          'A line for each, such as api.example.com:443 or *.example.com:443. Its models, its channels and Clawster need none.'
        }
        error={whyNotHosts(hosts.own)}
      >
        {(described) => (
          <CodeArea
            {...described}
            value={text}
            disabled={locked !== undefined}
            onChange={(event) => write(event.target.value)}
          />
        )}
      </Field>
      <FieldIssue message={issueAt(issues, path)} />
      <BelowSelect
        label="Hosts of the layers below"
        list={hosts}
        onChange={(next) => onChange(withHosts(draft, next))}
      />
      <Below value={below?.value} isReplaced={hosts.mode === 'replace'} />
      <p className="text-xs text-muted">
        It holds where the bot’s target confines it. On this machine a bot is a process like others, and can connect to
        anything.
      </p>
    </div>
  );
}

/** The text as it is typed, for as long as it says what the draft says: an empty line is none of the hosts. */
function useLines(own: readonly string[], onLines: (own: string[]) => void) {
  const [typed, setTyped] = useState(own.join('\n'));
  const isCurrent = linesOf(typed).join('\n') === own.join('\n');
  const write = (text: string) => {
    setTyped(text);
    onLines(linesOf(text));
  };
  return { text: isCurrent ? typed : own.join('\n'), write };
}

function whyNotHosts(hosts: readonly string[]): string | undefined {
  for (const host of hosts) {
    const why = EgressHost.safeParse(host).error?.issues[0]?.message;
    if (why) return `${host}: ${why}`;
  }
  return undefined;
}

function Below({ value, isReplaced }: { value: unknown; isReplaced: boolean }) {
  if (!Array.isArray(value) || value.length === 0) return null;
  return (
    <p className="text-sm break-words text-muted">
      {isReplaced ? 'In the place of' : 'Beside'} <span className="font-mono text-xs">{value.join(', ')}</span>
    </p>
  );
}
