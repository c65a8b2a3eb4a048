import type { JsonSchema } from '@clawster/contract/openclaw-schema';

/** A rule of a schema that a value breaks. */
export type Fault = {
  keys: readonly string[];
  /** The word of JSON schema that says the rule. */
  rule: keyof JsonSchema;
  /** The schema that holds the rule. */
  schema: JsonSchema;
  value: unknown;
  /** Of a union that no branch fits: what keeps the value from each. Of a name: what is wrong with it. */
  branches?: Fault[][];
};

/** A value with the place it stands at. */
export type Subject = { value: unknown; keys: readonly string[] };

/** How a value within another is judged. */
export type Judge = (schema: JsonSchema, subject: Subject) => Fault[];
