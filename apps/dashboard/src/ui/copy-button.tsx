'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { tell } from '../lib/toast.ts';
import { Button } from './button.tsx';

/** Copies a text and says that it did. */
export function CopyButton({ text, label = 'Copy' }: { text: () => string; label?: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setDone(true);
      setTimeout(() => setDone(false), 1500);
    } catch {
      tell('The browser did not allow copying. Select the text and press Ctrl+C.');
    }
  };
  return (
    <Button look="plain" onClick={() => void copy()} icon={done ? <Check /> : <Copy />}>
      {done ? 'Copied' : label}
    </Button>
  );
}
