import { Card } from '../../ui/page.tsx';

type PromptPreviewProps = {
  files: Record<string, string>;
  /** As they are now; what differs is not saved yet. */
  saved: Record<string, string>;
};

/** What the model is told of who the bot is, file by file, word for word. */
export function PromptPreview({ files, saved }: PromptPreviewProps) {
  return (
    <Card title="What the model is told">
      <div className="space-y-4">
        {Object.entries(files).map(([name, text]) => (
          <section key={name} aria-label={name} className="space-y-1">
            <h3 className="flex flex-wrap items-baseline justify-between gap-2 text-sm font-medium">
              {name}
              <span className="text-xs font-normal text-muted">
                {text === saved[name] ? null : <span className="text-warn">not saved yet · </span>}
                {text.length.toLocaleString('en')} of 9,000 characters
              </span>
            </h3>
            <pre
              tabIndex={0}
              className="max-h-72 overflow-auto rounded-md border border-line bg-ground p-3 font-mono text-xs break-words whitespace-pre-wrap"
            >
              {text}
            </pre>
          </section>
        ))}
      </div>
    </Card>
  );
}
