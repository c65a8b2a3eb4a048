import { api } from '@clawster/contract/api';
import type { Overlay } from '@clawster/contract/overlay';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../lib/query.ts';
import { Field, Select } from '../../ui/field.tsx';
import { LabelsField, labelsText } from '../configuration/layer-fields.tsx';
import type { Written } from './overlay-editor.tsx';

type WhomFieldsProps = {
  overlay: Overlay | undefined;
  written: Written;
  change: (part: Partial<Written>) => void;
  issueOf: (path: string) => string | undefined;
};

/** Whom an overlay is for: chosen once, and told from then on. */
export function WhomFields({ overlay, written, change, issueOf }: WhomFieldsProps) {
  if (overlay) return <p className="text-sm text-muted">For {sayWhom(overlay)}. That stays as it is.</p>;
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
        <LabelsField
          value={written.labels}
          error={undefined}
          hint="All of them must be there."
          onChange={(labels) => change({ labels })}
        />
      ) : (
        <Field label="Bot" error={issueOf('botId')}>
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

type BotSelectProps = React.ComponentProps<'select'> & { none: string };

/** The bots of the workspace to choose one of, or none. */
export function BotSelect({ none, ...rest }: BotSelectProps) {
  const bots = useQuery(q(api.bots.list, { limit: 200 })).data?.items ?? [];
  return (
    <Select {...rest}>
      <option value="">{none}</option>
      {bots.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}

export function sayWhom({ botId, botName, selector }: Overlay): string {
  return botId ? (botName ?? 'one bot') : `bots with ${labelsText(selector)}`;
}
