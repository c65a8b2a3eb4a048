import type { TemplateContent } from '@clawster/contract/template';

/** A template as a file: what another workspace, or another Clawster, takes in again. */
export type TemplateFile = { kind: 'clawster-template'; name: string; summary: string; content: TemplateContent };

/** The text of the file. */
export function fileOf({ name, summary, content }: Omit<TemplateFile, 'kind'>): string {
  return `${JSON.stringify({ kind: 'clawster-template', name, summary, content } satisfies TemplateFile, null, 2)}\n`;
}

/** The template in a file, or why there is none; whether its content is one the server says. */
export function readTemplate(text: string): TemplateFile | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return 'This file is no JSON: choose one that was exported from a template';
  }
  const { kind, name, summary, content } = (read ?? {}) as Partial<TemplateFile>;
  if (kind !== 'clawster-template' || typeof name !== 'string' || typeof content !== 'object' || content === null)
    return 'There is no template in this file: choose one that was exported from a template';
  return { kind, name, summary: typeof summary === 'string' ? summary : '', content };
}

/** Has the browser save a text as a file. */
export function saveAsFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
