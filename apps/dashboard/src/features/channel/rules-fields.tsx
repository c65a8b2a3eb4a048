import type { ChannelKind, ChannelOverrides, ChannelSettings } from '@clawster/contract/channel-settings';
import { Field, Select } from '../../ui/field.tsx';
import { LinesField } from '../../ui/lines-field.tsx';
import { Warning } from '../../ui/warning.tsx';
import { dmWords, groupWords, mentionWords, peerWords } from './say-rules.ts';

type RulesFieldsProps = {
  kind: ChannelKind;
  rules: ChannelOverrides;
  /** What holds where a rule is left out. */
  below: ChannelSettings;
  /** Whether a rule may be left out: of a bot, which differs from its channel. */
  optional?: boolean;
  onChange: (rules: ChannelOverrides) => void;
};

/** Who may write to a bot, and where it answers. */
export function RulesFields({ kind, rules, below, optional = false, onChange }: RulesFieldsProps) {
  const { dmPolicy, allowFrom, groupPolicy, groups } = { ...below, ...rules };
  const inherited = optional ? below : undefined;
  const change = (part: ChannelOverrides) => onChange(withoutUndefined({ ...rules, ...part }));
  return (
    <>
      <RuleSelect
        label="Who may write to it alone"
        words={dmWords}
        value={rules.dmPolicy}
        below={inherited?.dmPolicy}
        onChange={(value) => change({ dmPolicy: value })}
      />
      {dmPolicy === 'open' ? <OpenWarning /> : null}
      {dmPolicy === 'allowlist' ? (
        <LinesField
          label="People"
          hint={`A line for each. ${peerWords[kind].person}.`}
          lines={allowFrom}
          onChange={(lines) => change({ allowFrom: lines })}
        />
      ) : null}
      <RuleSelect
        label="Where it answers among many"
        words={groupWords}
        value={rules.groupPolicy}
        below={inherited?.groupPolicy}
        onChange={(value) => change({ groupPolicy: value })}
      />
      {groupPolicy === 'allowlist' ? (
        <LinesField
          label="Groups"
          hint={`A line for each. ${peerWords[kind].group}.`}
          lines={groups}
          onChange={(lines) => change({ groups: lines })}
        />
      ) : null}
      {groupPolicy === 'disabled' ? null : (
        <RuleSelect
          label="To what it answers there"
          words={mentionWords}
          value={yesOrNo(rules.requireMention)}
          below={yesOrNo(inherited?.requireMention)}
          onChange={(value) => change({ requireMention: value && value === 'yes' })}
        />
      )}
    </>
  );
}

type RuleSelectProps<Value extends string> = {
  label: string;
  words: Readonly<Record<Value, string>>;
  value: Value | undefined;
  /** Set: it may be left out, and this holds then. */
  below: Value | undefined;
  onChange: (value: Value | undefined) => void;
};

function RuleSelect<Value extends string>({ label, words, value, below, onChange }: RuleSelectProps<Value>) {
  const values = Object.keys(words) as Value[];
  return (
    <Field label={label}>
      {(described) => (
        <Select
          {...described}
          value={value ?? ''}
          onChange={(event) => onChange(values.find((one) => one === event.target.value))}
        >
          {below ? <option value="">as the channel says: {words[below]}</option> : null}
          {values.map((one) => (
            <option key={one} value={one}>
              {words[one]}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function OpenWarning() {
  return (
    <Warning>
      Everybody who finds it can give the bot orders and spend its model’s money. Let people in one by one if you can.
    </Warning>
  );
}

function yesOrNo(value: boolean | undefined): keyof typeof mentionWords | undefined {
  return value === undefined ? undefined : value ? 'yes' : 'no';
}

function withoutUndefined(rules: ChannelOverrides): ChannelOverrides {
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined));
}
