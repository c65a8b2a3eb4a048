import type { JsonSchema } from '@clawster/contract/openclaw-schema';
import type { Fault } from './schema/fault.ts';
import { jsonTypeOf, sayOneOf, sayTypes, typesOf } from './schema/json-value.ts';
import { wordsOf } from './tell-unions.ts';

/** What a broken rule demands, to follow a subject: `must be a whole number`. Never quotes the value. */
export function sayDemand(fault: Fault): string {
  const demand = demands[fault.rule];
  return demand ? demand(fault.schema) : `must be ${sayForm(fault.schema)}`;
}

/** What a schema takes, by its words and types: `"token", "password" or an object`. */
export function sayForm(schema: JsonSchema): string {
  const words = wordsOf(schema);
  const shown = words.slice(0, wordsShownMax).map((word) => shorten(JSON.stringify(word)));
  const more = words.length > shown.length ? [`one of ${words.length - shown.length} more`] : [];
  const types =
    words.length > 0 && schema.type !== undefined && !isOneOfWordTypes(schema) ? [sayTypes(typesOf(schema))] : [];
  if (words.length === 0) return sayTypes(typesOf(schema)) || 'something else';
  return sayOneOf([...shown, ...more, ...types]);
}

export function shorten(text: string, lengthMax = 120): string {
  return text.length > lengthMax ? `${text.slice(0, lengthMax)}…` : text;
}

const wordsShownMax = 12;

/** A schema that names its words often names their type as well, which adds nothing. */
function isOneOfWordTypes(schema: JsonSchema): boolean {
  const types = wordsOf(schema).map(jsonTypeOf);
  return typesOf(schema).every((type) => types.includes(type));
}

const demands: { [rule in keyof JsonSchema]?: (schema: JsonSchema) => string } = {
  minLength: ({ minLength }) => (minLength === 1 ? 'must not be empty' : `must have ${minLength} letters or more`),
  maxLength: ({ maxLength }) => `must have ${maxLength} letters or fewer`,
  pattern: ({ pattern }) =>
    pattern === '\\S' ? 'must not be empty' : `must match the pattern ${shorten(pattern ?? '')}`,
  format: () => 'must be an address, such as https://example.com',
  minimum: ({ minimum }) => `must be ${minimum} or more`,
  maximum: ({ maximum }) => `must be ${maximum} or less`,
  exclusiveMinimum: ({ exclusiveMinimum }) => `must be more than ${exclusiveMinimum}`,
  exclusiveMaximum: ({ exclusiveMaximum }) => `must be less than ${exclusiveMaximum}`,
  minItems: ({ minItems }) => `must have ${minItems} or more items`,
  maxItems: ({ maxItems }) => `must have ${maxItems} or fewer items`,
  uniqueItems: () => 'must not hold the same item twice',
  additionalItems: () => 'is one item too many for this list: remove it',
  minProperties: ({ minProperties }) => `must have ${minProperties} or more keys`,
  maxProperties: ({ maxProperties }) => `must have ${maxProperties} or fewer keys`,
  oneOf: () => 'fits several forms at once, and must fit one: leave out what belongs to the others',
  not: ({ not }) =>
    `holds settings that do not go together as they are: change one of ${namesIn(not ?? {}).join(', ')}`,
};

/** The keys that a schema asks for, at any depth. */
function namesIn({ required, properties }: JsonSchema): string[] {
  const inner = Object.values(properties ?? {}).flatMap(namesIn);
  return [...new Set([...(required ?? []), ...inner])];
}
