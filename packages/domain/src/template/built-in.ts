import type { TemplateContent } from '@clawster/contract/template';
import { businessOperations } from './built-in/business-operations.ts';
import { codeReview } from './built-in/code-review.ts';
import { dataAnalysis } from './built-in/data-analysis.ts';
import { devops } from './built-in/devops.ts';
import { messaging } from './built-in/messaging.ts';
import { support } from './built-in/support.ts';
import { teamLead } from './built-in/team-lead.ts';

/** A template that comes with Clawster. A bot holds on to the version it was made from, also when a newer one comes. */
export type BuiltInTemplate = { id: string; version: number; name: string; summary: string; content: TemplateContent };

/** The newest version of each. One that is changed gets a higher version: bots are told that there is a newer one. */
export const builtInTemplates: readonly BuiltInTemplate[] = [
  support,
  codeReview,
  devops,
  businessOperations,
  dataAnalysis,
  messaging,
  teamLead,
];

/** The newest version of a built-in template, or undefined when there is none of this name. */
export function builtInTemplate(id: string): BuiltInTemplate | undefined {
  return builtInTemplates.find((template) => template.id === id);
}
