import type { z } from 'zod';

/** The value in a JSON text when it fits the schema, else undefined: for files that may be absent, old or half-written. */
export function parseJson<Value>(text: string, schema: z.ZodType<Value>): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
