import type { ManifestPlan } from '@clawster/contract/manifest';
import { sayChanges } from '../impact-text.ts';

const signs = { create: '+', update: '~', delete: '-' } as const;

/** A plan as people read it: what is made, changed and deleted, and what of it. */
export function sayPlan({ steps, unchanged }: ManifestPlan): string {
  if (steps.length === 0) return `Nothing is to be done: the workspace is as the files say (${unchanged} of them).`;
  const lines = steps.map(({ do: what, kind, name, changes }) => {
    const head = `${signs[what]} ${kind} ${name}`;
    return what === 'update' ? `${head}\n${indent(sayChanges(changes))}` : head;
  });
  return [...lines, summary(steps, unchanged)].join('\n');
}

function indent(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');
}

function summary(steps: ManifestPlan['steps'], unchanged: number): string {
  const count = (what: keyof typeof signs) => steps.filter((step) => step.do === what).length;
  return `${count('create')} to make, ${count('update')} to change, ${count('delete')} to delete, ${unchanged} unchanged.`;
}
