import type { RuleShare } from '@clawster/contract/team-rule';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { RightsFields } from '../team/rights-fields.tsx';
import type { PartProps } from './condition-fields.tsx';
import type { RuleDraft } from './rule-draft.ts';

const ways: Record<RuleDraft['do'], { title: string; hint: string }> = {
  allow: { title: 'Let it through', hint: 'It is done at once.' },
  hold: { title: 'Hold it for a person', hint: 'It waits in the inbox.' },
  refuse: { title: 'Refuse it', hint: 'Whoever asks is told why.' },
};

/** What is done with what fits. */
export function ActionFields({ draft, change }: PartProps) {
  return (
    <fieldset className="space-y-4">
      <legend className="mb-2 font-semibold">Then</legend>
      <div role="radiogroup" aria-label="What is done" className="grid gap-2 sm:grid-cols-3">
        {(Object.keys(ways) as RuleDraft['do'][]).map((way) => (
          <Choice
            key={way}
            name="do"
            value={way}
            title={ways[way].title}
            checked={draft.do === way}
            onChoose={() => change({ do: way })}
          >
            {ways[way].hint}
          </Choice>
        ))}
      </div>
      {draft.do === 'allow' ? null : (
        <TextField
          label={draft.do === 'refuse' ? 'Why, for the bot that asks' : 'Why somebody looks at it'}
          maxLength={300}
          value={draft.reason}
          onChange={(reason) => change({ reason })}
        />
      )}
      {draft.do === 'refuse' ? null : (
        <details className="text-sm">
          <summary className="w-fit text-accent">Limits, rights and what is shared</summary>
          <div className="mt-3 space-y-4">
            <LimitFields draft={draft} change={change} />
            <Less draft={draft} change={change} />
            <ShareFields draft={draft} change={change} />
          </div>
        </details>
      )}
    </fieldset>
  );
}

function LimitFields({ draft, change }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <NumberField label="An hour at most" value={draft.perHour} onChange={(perHour) => change({ perHour })} />
      <NumberField label="At once at most" value={draft.open} onChange={(open) => change({ open })} />
      <NumberField label="US dollars each" value={draft.usd} onChange={(usd) => change({ usd })} />
      <NumberField label="Minutes each" value={draft.minutes} onChange={(minutes) => change({ minutes })} />
      <NumberField label="Tried at most" value={draft.attempts} onChange={(attempts) => change({ attempts })} />
      {draft.do === 'hold' ? (
        <NumberField
          label="Held for (minutes)"
          value={draft.heldMinutes}
          onChange={(heldMinutes) => change({ heldMinutes })}
        />
      ) : null}
    </div>
  );
}

/** Less than whoever asks may do; somebody else who does it. */
function Less({ draft, change }: PartProps) {
  return (
    <div className="space-y-3">
      <TextField
        label="Somebody else does it"
        hint="Write bot and a name, or capability and a word: capability refund. Empty: who was asked."
        value={draft.rewriteTo}
        onChange={(rewriteTo) => change({ rewriteTo })}
      />
      <Checkbox
        checked={draft.rights !== undefined}
        onChange={(isLess) => change({ rights: isLess ? { capabilities: '', tools: '' } : undefined })}
      >
        With less than whoever asks may do
      </Checkbox>
      {draft.rights ? <RightsFields rights={draft.rights} onChange={(rights) => change({ rights })} /> : null}
    </div>
  );
}

const downs: Record<RuleShare['down'], string> = {
  none: 'Only the title',
  summary: 'What whoever asks wrote of it',
  entries: 'That, and entries of the context',
  thread: 'That, and the conversation it comes of',
};

function ShareFields({ draft, change }: PartProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Who is asked gets to see">
        {(described) => (
          <Select
            {...described}
            value={draft.down}
            onChange={({ target }) => change({ down: target.value as RuleShare['down'] })}
          >
            {Object.entries(downs).map(([down, words]) => (
              <option key={down} value={down}>
                {words}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Who asks gets to see">
        {(described) => (
          <Select
            {...described}
            value={draft.up}
            onChange={({ target }) => change({ up: target.value as RuleShare['up'] })}
          >
            <option value="result">What came of it</option>
            <option value="outcome">Only whether it is done</option>
          </Select>
        )}
      </Field>
      {draft.down === 'entries' || draft.down === 'thread' ? (
        <TextField
          label="Entries"
          hint="Keys with commas between, such as customers/*."
          value={draft.entries}
          onChange={(entries) => change({ entries })}
        />
      ) : null}
    </div>
  );
}
