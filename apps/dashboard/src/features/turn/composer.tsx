'use client';

import { ArrowUp, Square } from 'lucide-react';
import { useState } from 'react';

type ComposerProps = {
  botName: string;
  whyNot: string | undefined;
  goingOn: boolean;
  canAbort: boolean;
  onSend: (text: string) => void;
  onAbort: () => void;
};

/** Enter sends, Shift and Enter begins a line. While the bot answers the button stops it. */
export function Composer({ botName, whyNot, goingOn, canAbort, onSend, onAbort }: ComposerProps) {
  const [text, setText] = useState('');
  const ready = text.trim() !== '' && !goingOn && whyNot === undefined;
  const send = () => {
    if (!ready) return;
    onSend(text.trim());
    setText('');
  };
  return (
    <form
      className="px-4 pb-4 sm:px-6"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="mx-auto flex max-w-3xl items-end gap-2 rounded-xl border border-line-strong bg-surface p-1.5 pl-3.5 focus-within:border-accent">
        <textarea
          aria-label={`Message to ${botName}`}
          rows={1}
          value={text}
          maxLength={32_000}
          placeholder={whyNot ?? `Message ${botName}`}
          disabled={whyNot !== undefined}
          className="field-sizing-content max-h-48 min-h-8 flex-1 resize-none bg-transparent py-1.5 outline-none placeholder:text-muted"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        {goingOn ? (
          <button
            type="button"
            aria-label="Stop the answer"
            title="Stop the answer"
            disabled={!canAbort}
            onClick={onAbort}
            className="flex size-8 items-center justify-center rounded-lg border border-line-strong text-text hover:bg-hover disabled:opacity-50"
          >
            <Square className="size-3.5" />
          </button>
        ) : (
          <button
            type="submit"
            aria-label="Send"
            title={whyNot ?? 'Send (Enter)'}
            disabled={!ready}
            className="flex size-8 items-center justify-center rounded-lg bg-accent text-accent-text hover:bg-accent-hover disabled:bg-hover disabled:text-muted"
          >
            <ArrowUp className="size-4" />
          </button>
        )}
      </div>
    </form>
  );
}
