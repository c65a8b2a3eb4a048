import type { ComponentProps } from 'react';
import { Textarea } from './field.tsx';

/** Where something that machines read is written. */
export function CodeArea({ rows = 3, ...props }: Omit<ComponentProps<typeof Textarea>, 'className' | 'spellCheck'>) {
  return <Textarea {...props} rows={rows} className="font-mono text-xs" spellCheck={false} />;
}
