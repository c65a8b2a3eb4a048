import { z } from 'zod';
import { Document } from './document.ts';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

/** The id of a template of the workspace, or the name of a built-in one. */
export const TemplateId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'Name a template by its id, or a built-in one by its name');
export const TemplateName = z.string().trim().min(1, 'Name the template, such as Support').max(80);
const Summary = z.string().trim().max(300);

/** What is put into a template's texts for `{{name}}`. */
export const VariableValue = z.union([z.string().max(2_000), z.number(), z.boolean()]);
export type VariableValue = z.infer<typeof VariableValue>;
export const VariableValues = z.record(z.string().max(40), VariableValue);
export type VariableValues = z.infer<typeof VariableValues>;

/** What a template asks of whoever makes a bot from it. */
export const TemplateVariable = z.strictObject({
  name: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'Name a variable by letters and digits, such as companyName'),
  label: z.string().trim().min(1).max(100),
  help: z.string().trim().max(300).optional(),
  kind: z.enum(['text', 'number', 'boolean', 'choice']).default('text'),
  /** Of a choice. */
  choices: z.array(z.string().min(1).max(200)).min(1).max(30).optional(),
  /** Absent: it must be answered. A text may hold other variables. */
  default: VariableValue.optional(),
});
export type TemplateVariable = z.infer<typeof TemplateVariable>;

/** The lowest layer of the bots made from it. Its `settings` are a layer's, with `{{name}}` where a variable goes. */
export const TemplateContent = z.strictObject({
  variables: z.array(TemplateVariable).max(30).default([]),
  settings: Document,
  /** Paths that no layer above may change, such as `openclaw.tools.allow`. */
  locked: z.array(z.string().min(1).max(200)).max(50).default([]),
});
export type TemplateContent = z.infer<typeof TemplateContent>;

export const Template = z.object({
  id: TemplateId,
  name: z.string(),
  summary: z.string(),
  /** Comes with Clawster, and nobody changes it: make your own from it. */
  builtIn: z.boolean(),
  /** The newest. */
  version: z.int(),
  /** Bots made from any of its versions, and of those how many could be upgraded to the newest. */
  botCount: z.int(),
  outdatedCount: z.int(),
  updatedAt: Timestamp.optional(),
});
export type Template = z.infer<typeof Template>;

export const TemplateDetail = Template.extend({
  /** Of the version that was asked for. */
  content: TemplateContent,
  shownVersion: z.int(),
  versions: z.array(z.object({ version: z.int(), note: z.string(), author: z.string(), createdAt: Timestamp })),
});
export type TemplateDetail = z.infer<typeof TemplateDetail>;

/** What a bot was made from, and what was answered then. */
export const TemplateUse = z.object({ id: TemplateId, version: z.int().min(1), variables: VariableValues.default({}) });
export type TemplateUse = z.infer<typeof TemplateUse>;

const One = z.object({ templateId: TemplateId });

export const templates = {
  list: route({
    method: 'GET',
    path: '/templates',
    permission: 'template:read',
    summary: 'Templates of the workspace, and those that come with Clawster',
    input: Empty,
    output: z.object({ items: z.array(Template) }),
  }),
  get: route({
    method: 'GET',
    path: '/templates/{templateId}',
    permission: 'template:read',
    summary: 'One template with its content, of its newest version or another',
    input: One.extend({ version: z.coerce.number().int().min(1).optional() }),
    output: TemplateDetail,
  }),
  create: route({
    method: 'POST',
    path: '/templates',
    permission: 'template:manage',
    summary: 'Make a template, or import one',
    input: z.object({ name: TemplateName, summary: Summary.default(''), content: TemplateContent }),
    output: TemplateDetail,
  }),
  update: route({
    method: 'PATCH',
    path: '/templates/{templateId}',
    permission: 'template:manage',
    summary: 'Rename a template, or add a version; its bots keep theirs until they are upgraded',
    input: One.extend({
      name: TemplateName.optional(),
      summary: Summary.optional(),
      content: TemplateContent.optional(),
      note: z.string().trim().max(300).default(''),
    }),
    output: TemplateDetail,
  }),
  delete: route({
    method: 'DELETE',
    path: '/templates/{templateId}',
    permission: 'template:manage',
    summary: 'Delete a template; bots made from it keep what they have',
    input: One,
    output: Empty,
  }),
  saveBot: route({
    method: 'POST',
    path: '/bots/{botId}/template',
    permission: 'template:manage',
    summary: 'Make a template of what a bot is: of all its layers but what names its labels',
    input: z.object({ botId: Id, name: TemplateName, summary: Summary.default('') }),
    output: TemplateDetail,
  }),
};
