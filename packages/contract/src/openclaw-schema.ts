import { z } from 'zod';

/** What OpenClaw does when a value of its configuration changes: nothing, apply it while running, or start anew. */
export const ReloadKind = z.enum(['none', 'hot', 'restart']);
export type ReloadKind = z.infer<typeof ReloadKind>;

/**
 * What a path brings about when it changes, as prefixes: the longest that fits decides, and `*` stands for one key.
 * The empty path is the whole document.
 */
export type ReloadKinds = Readonly<Record<string, ReloadKind>>;

export const ConfigIssueCode = z.enum([
  'unknown-key',
  'missing-key',
  'type',
  'value',
  'placeholder',
  'not-plain',
  'prototype-key',
  'too-large',
  'too-deep',
]);
export type ConfigIssueCode = z.infer<typeof ConfigIssueCode>;

/** One thing that is wrong with a configuration: where, and in a sentence what to do. It never quotes a value, which may be a secret. */
export const ConfigIssue = z.object({
  /** Dotted, as in `agents.defaults.model`; empty for the whole document. */
  path: z.string(),
  message: z.string(),
  code: ConfigIssueCode,
  /** The key or value that was probably meant. */
  nearest: z.string().optional(),
});
export type ConfigIssue = z.infer<typeof ConfigIssue>;

/** What a change of a document brings about: the gravest of its paths, and each of them. */
export const ConfigReload = z.object({
  kind: ReloadKind,
  paths: z.array(z.object({ path: z.string(), kind: ReloadKind })),
});
export type ConfigReload = z.infer<typeof ConfigReload>;

export const JsonType = z.enum(['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']);
export type JsonType = z.infer<typeof JsonType>;

/** A key of OpenClaw's configuration in plain words. */
export const KeyDescription = z.object({
  path: z.string(),
  /** In words, as in `text or object`. */
  type: z.string(),
  types: z.array(JsonType),
  title: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  reloadKind: ReloadKind,
});
export type KeyDescription = z.infer<typeof KeyDescription>;

/** The words of JSON schema (draft 7) that OpenClaw's schemas are written in, with their references resolved. */
export type JsonSchema = {
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly propertyNames?: JsonSchema;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly additionalItems?: JsonSchema | boolean;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
};

/** What Clawster keeps of an OpenClaw version's configuration. */
export type OpenclawSchema = { version: string; root: JsonSchema; reloadKinds: ReloadKinds };
