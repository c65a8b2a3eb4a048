import type { z } from 'zod';
import type { Permission } from './permission.ts';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * Who may call a route: a permission of the caller's role, or one of two words for the few routes
 * that come before or beside roles. There is no default: a route without one does not compile.
 */
export type Access = Permission | 'public' | 'signed-in';

/**
 * Everything about an operation that others may know. `input` is one flat object: fields named in
 * `path` travel in the URL, the rest in the query (GET, DELETE) or the JSON body (POST, PATCH, PUT).
 * `output` is the JSON answer; with `stream: true` the answer is `text/event-stream`, each event's
 * `data` one JSON value of `output`; a failure midway is a last event named `problem`, its `data` a
 * Problem; an empty comment at least every 15 s keeps the connection known to be alive. With `file: true` the
 * answer is a file that is sent while it is made, and `output` its text; one that breaks off has failed.
 */
export type Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  method: Method;
  path: string;
  permission: Access;
  summary: string;
  input: Input;
  output: Output;
  stream?: true;
  file?: true;
};

/** Input as a caller writes it, before defaults are filled in. */
export type InputOf<R extends Route> = z.input<R['input']>;
/** Input as a handler receives it, parsed. */
export type ParsedInputOf<R extends Route> = z.output<R['input']>;
export type OutputOf<R extends Route> = z.output<R['output']>;

/** Types a route and keeps its exact schemas; it stays plain data. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}

/** The names in `{braces}` of a route's path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
}
