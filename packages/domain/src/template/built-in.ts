import type { TemplateContent } from '@clawster/contract/template';

/** A template that comes with Clawster. A bot holds on to the version it was made from, also when a newer one comes. */
export type BuiltInTemplate = { id: string; version: number; name: string; summary: string; content: TemplateContent };

/** The newest version of each. */
export const builtInTemplates: readonly BuiltInTemplate[] = [];

/** The newest version of a built-in template, or undefined when there is none of this name. */
export function builtInTemplate(id: string): BuiltInTemplate | undefined {
  return builtInTemplates.find((template) => template.id === id);
}
