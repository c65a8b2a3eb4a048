import { Field, Select } from '../../ui/field.tsx';
import { BotSelect } from '../bot/bot-select.tsx';
import { LabelsField } from './layer-fields.tsx';

/** Whom something is for, as it is written. */
export type WhomWritten = { by: 'bot' | 'labels'; botId: string; labels: string };

type BotOrLabelsProps = {
  written: WhomWritten;
  change: (part: Partial<WhomWritten>) => void;
  hint: string;
  botIssue?: string | undefined;
};

/** One bot, or the bots with some labels. */
export function BotOrLabels({ written, change, hint, botIssue }: BotOrLabelsProps) {
  return (
    <>
      <Field label="For">
        {(described) => (
          <Select
            {...described}
            value={written.by}
            onChange={(event) => change({ by: event.target.value === 'labels' ? 'labels' : 'bot' })}
          >
            <option value="bot">one bot</option>
            <option value="labels">the bots with some labels</option>
          </Select>
        )}
      </Field>
      {written.by === 'labels' ? (
        <LabelsField value={written.labels} error={undefined} hint={hint} onChange={(labels) => change({ labels })} />
      ) : (
        <Field label="Bot" error={botIssue}>
          {(described) => (
            <BotSelect
              {...described}
              none="Choose…"
              value={written.botId}
              onChange={(event) => change({ botId: event.target.value })}
            />
          )}
        </Field>
      )}
    </>
  );
}
