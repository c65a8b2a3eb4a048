import type { Channel } from '@clawster/contract/channel';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { Card } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { RulesFields } from './rules-fields.tsx';
import { useChannelChange } from './use-channel-change.ts';

/** Its name, and who may write to its bots, where a bot does not differ. */
export function ChannelRules({ channel }: { channel: Channel }) {
  const [name, setName] = useState(channel.name);
  const [settings, setSettings] = useState(channel.settings);
  const forbidden = useWhyForbidden('connector:manage');
  const save = useChannelChange({
    change: () => client.channels.update({ channelId: channel.id, name: name.trim(), settings }),
    onDone: ({ botCount }) => tell(`It was changed; ${count(botCount, 'bot takes', 'bots take')} it over.`),
  });
  const isSame = name === channel.name && JSON.stringify(settings) === JSON.stringify(channel.settings);
  const unnamed = name.trim() === '' ? 'Name the channel, such as Support' : undefined;
  return (
    <Card title="Rules">
      <MutationForm mutation={save} className="max-w-xl space-y-4">
        <Field label="Name" error={unnamed}>
          {(described) => (
            <Input {...described} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <RulesFields
          kind={channel.kind}
          rules={settings}
          below={settings}
          onChange={(rules) => setSettings({ ...settings, ...rules })}
        />
        <Button
          type="submit"
          look="primary"
          busy={save.isPending}
          whyNot={forbidden ?? unnamed ?? (isSame ? 'Nothing was changed' : undefined)}
        >
          Save the rules
        </Button>
      </MutationForm>
    </Card>
  );
}
