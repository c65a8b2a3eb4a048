import type { JsonSchema } from '@clawster/contract/openclaw-schema';

/** The words of a schema that `judge` reads, by what stands behind them. */
const read: Record<string, (keyof JsonSchema)[]> = {
  value: [
    ...(['type', 'const', 'enum', 'required', 'minProperties', 'maxProperties'] as const),
    ...(['minItems', 'maxItems', 'uniqueItems', 'minLength', 'maxLength', 'pattern', 'format'] as const),
    ...(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'] as const),
    ...(['title', 'description', 'default'] as const),
  ],
  schemas: [
    ...(['additionalProperties', 'propertyNames', 'items', 'additionalItems'] as const),
    ...(['not', 'if', 'then', 'else', 'anyOf', 'oneOf', 'allOf'] as const),
  ],
  schemasByName: ['properties', 'patternProperties'],
};

/** The words in a schema that `judge` does not read, so that it would judge more mildly than the schema says. */
export function unknownRules(schema: unknown): string[] {
  if (Array.isArray(schema)) return distinct(schema.flatMap(unknownRules));
  if (typeof schema !== 'object' || schema === null) return [];
  return distinct(
    Object.entries(schema).flatMap(([word, value]) => {
      const isRead = (kind: keyof typeof read) => read[kind]?.some((known) => known === word);
      if (isRead('schemas')) return unknownRules(value);
      if (isRead('schemasByName')) return Object.values(value as object).flatMap(unknownRules);
      // It names the draft the schema is written in, and is read by whoever keeps the schema.
      return isRead('value') || word === '$schema' ? [] : [word];
    }),
  );
}

function distinct(words: string[]): string[] {
  return [...new Set(words)];
}
