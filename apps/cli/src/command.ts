import type { Client } from '@clawster/client/client';
import type { z } from 'zod';
import type { Output } from './output.ts';
import type { World } from './world.ts';

/** What a command is given: the world, the way to print, and a client made when first asked for. */
export type Context = {
  world: World;
  out: Output;
  /** Signed in by the stored connection; throws a sentence that says how to sign in when there is none. */
  readonly client: Client;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
};

/** One command. Parsing (`usage`, `options`, `input`) is apart from doing (`run`) and from telling (`show`). */
export type CliCommand = {
  /** The command as it is typed, its arguments in commander's notation: `bot create <name>`. */
  usage: string;
  summary: string;
  /** Commander's flags and what they do; camel-cased flags become fields of the input. */
  options: [flags: string, summary: string][];
  input: z.ZodType;
  run(context: Context, input: never): Promise<unknown> | AsyncIterable<unknown>;
  /** For people; `--json` prints what `run` returned instead. */
  show(result: never, out: Output): string | undefined;
};

type Definition<Input extends z.ZodType, Result> = {
  usage: string;
  summary: string;
  options?: [flags: string, summary: string][];
  input: Input;
  run(context: Context, input: z.output<Input>): Promise<Result> | AsyncIterable<Result>;
  /** Of a command that streams: once for each item. Absent: `run` prints by itself. */
  show?(result: Result, out: Output): string | undefined;
};

/** Types a command; it stays plain data, so that a test can run it without a terminal. */
export function cliCommand<Input extends z.ZodType, Result>(definition: Definition<Input, Result>): CliCommand {
  return { options: [], show: () => undefined, ...definition };
}
