import type { TeamMember } from '@clawster/contract/team';
import { wordsIn } from '../../lib/words-in.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** What a bot is in a team, as it is written in a form. */
export type Place = { botId: string; title: string; capabilities: string; mayDelegate: boolean };

export const placeOf = (member?: TeamMember): Place => ({
  botId: member?.botId ?? '',
  title: member?.title ?? '',
  capabilities: member?.capabilities.join(', ') ?? '',
  mayDelegate: member?.mayDelegate ?? false,
});

const capability = /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** What is wrong with capabilities as they are written. */
export function whyNotCapabilities(text: string): string | undefined {
  const wrong = wordsIn(text).find((word) => !capability.test(word));
  return wrong ? `“${wrong}” is none: lower-case letters, digits and hyphens, such as code-review` : undefined;
}

/** What is missing before the bot can have this place. */
export function whyNotPlace({ botId, capabilities }: Place): string | undefined {
  return botId ? whyNotCapabilities(capabilities) : 'Choose the bot';
}

type PlaceFieldsProps = { place: Place; change: (part: Partial<Place>) => void; isLead: boolean };

/** What it is, what it can be asked for, and whether it may ask others. */
export function PlaceFields({ place, change, isLead }: PlaceFieldsProps) {
  return (
    <>
      <TextField
        label="What it is in the team"
        placeholder={isLead ? 'Lead' : 'Such as Support'}
        maxLength={120}
        value={place.title}
        onChange={(title) => change({ title })}
      />
      <TextField
        label="Capabilities"
        hint="What it can be asked for, with commas between: code-review, deploy."
        error={whyNotCapabilities(place.capabilities)}
        value={place.capabilities}
        onChange={(capabilities) => change({ capabilities })}
      />
      <Checkbox
        checked={isLead || place.mayDelegate}
        whyNot={isLead ? 'The lead always may' : undefined}
        onChange={(mayDelegate) => change({ mayDelegate })}
      >
        It may ask other members, as far as the rules let it
      </Checkbox>
    </>
  );
}
