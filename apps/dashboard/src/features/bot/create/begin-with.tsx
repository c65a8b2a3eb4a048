import type { Template } from '@clawster/contract/template';
import { type Draft, withStarter, withTemplate } from './draft.ts';
import { starters } from './starters.ts';

type BeginWithProps = { draft: Draft; templates: readonly Template[]; setDraft: (draft: Draft) => void };

/** What the bot is made from: a template, or nothing; where there are no templates, one of a few texts. */
export function BeginWith({ draft, templates, setDraft }: BeginWithProps) {
  const offered = templates.length > 0 ? starters.filter(({ id }) => id === 'blank') : starters;
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">Begin with</legend>
      <div className={`grid grid-cols-2 gap-2 ${templates.length > 0 ? 'sm:grid-cols-3' : 'sm:grid-cols-5'}`}>
        {templates.map((template) => (
          <Card
            key={template.id}
            title={template.name}
            summary={template.summary}
            chosen={draft.template?.id === template.id}
            onChoose={() => setDraft(withTemplate(draft, template))}
          />
        ))}
        {offered.map((starter) => (
          <Card
            key={starter.id}
            title={starter.title}
            summary={starter.summary}
            chosen={draft.template === undefined && draft.starterId === starter.id}
            onChoose={() => setDraft(withStarter(draft, starter))}
          />
        ))}
      </div>
    </fieldset>
  );
}

type CardProps = { title: string; summary: string; chosen: boolean; onChoose: () => void };

function Card({ title, summary, chosen, onChoose }: CardProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={summary}
      onClick={onChoose}
      className={`flex min-w-0 flex-col rounded-lg border px-3 py-2 text-left ${chosen ? 'border-accent bg-accent-soft' : 'border-line bg-surface hover:bg-hover'}`}
    >
      <span className="block max-w-full font-medium break-words">{title}</span>
      <span className="block max-w-full text-xs break-words text-muted">{summary}</span>
    </button>
  );
}
