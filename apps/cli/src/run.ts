import { type Client, createClient } from '@clawster/client/client';
import { Command, CommanderError } from 'commander';
import type { CliCommand, Context } from './command.ts';
import { commands } from './commands.ts';
import { CliRefusal, exitCodes, failureOf } from './failure.ts';
import { createOutput } from './output.ts';
import { readConnection, serverUrl } from './connection.ts';
import type { World } from './world.ts';

type Host = { world: World; signal: AbortSignal };

/** Runs one command line and answers with its exit code; nothing is thrown beyond it. */
export async function run(argv: string[], world: World, signal: AbortSignal): Promise<number> {
  const json = argv.includes('--json');
  try {
    await programOf(commands, { world, signal }).parseAsync(argv, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    if (signal.aborted && !(error instanceof CliRefusal)) return exitCodes.interrupted;
    return tell(error, world, json);
  }
}

function tell(error: unknown, world: World, json: boolean): number {
  const { exitCode, lines, code, issues } = failureOf(error);
  if (json && lines.length > 0)
    world.stderr.write(`${JSON.stringify({ error: { code, message: lines[0], issues } })}\n`);
  else for (const line of lines) world.stderr.write(`${line}\n`);
  if (world.env['CLAWSTER_DEBUG'] && error instanceof Error && !(error instanceof CommanderError))
    world.stderr.write(`${error.stack}\n`);
  return exitCode;
}

/** Commander's program for these commands; nouns become groups. */
export function programOf(all: CliCommand[], host: Host): Command {
  const program = new Command('clawster')
    .description('A control plane for fleets of OpenClaw bots')
    .option('--json', 'print the result as JSON')
    .option('--data-dir <folder>', 'the installation to speak to, instead of ~/.clawster');
  settle(program, host.world);
  const groups = new Map<string, Command>();
  for (const command of all) {
    const words = command.usage.split(' ');
    const depth = words.findIndex((word) => /^[<[]/.test(word));
    const names = words.slice(0, depth < 0 ? words.length : depth);
    const parent = names.slice(0, -1).reduce((above, noun) => groupOf(groups, above, noun), program);
    const subcommand = parent.command([names.at(-1), ...words.slice(names.length)].join(' '));
    attach(subcommand, command, host);
  }
  for (const group of groups.values()) settle(group, host.world);
  return program;
}

function groupOf(groups: Map<string, Command>, above: Command, noun: string): Command {
  const name = `${above.name()} ${noun}`;
  const group =
    groups.get(name) ??
    above
      .command(noun)
      .alias(`${noun}s`)
      .description(`Commands about ${noun.replace('-', ' ')}s`);
  groups.set(name, group);
  return group;
}

function settle(command: Command, world: World): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void world.stdout.write(text),
      writeErr: (text) => void world.stderr.write(text),
    })
    .showHelpAfterError('Add --help to see how it is used.');
}

function attach(subcommand: Command, command: CliCommand, { world, signal }: Host): void {
  subcommand.description(command.summary);
  settle(subcommand, world);
  for (const [flags, summary] of command.options) subcommand.option(flags, summary);
  subcommand.option('--json', 'print the result as JSON').option('--data-dir <folder>', 'the installation to speak to');
  subcommand.action(async () => {
    const options = subcommand.optsWithGlobals<Record<string, unknown> & { dataDir?: string }>();
    const names = subcommand.registeredArguments.map((argument) => camelCase(argument.name()));
    const given = Object.fromEntries(names.map((name, index) => [name, subcommand.processedArgs[index] as unknown]));
    if (options.dataDir) world.env['CLAWSTER_DATA_DIR'] = options.dataDir;
    const input: unknown = command.input.parse({ ...options, ...given });
    await perform(command, contextOf(world, signal, Boolean(options['json'])), input);
  });
}

async function perform(command: CliCommand, context: Context, input: unknown): Promise<void> {
  const running = command.run(context, input as never);
  if (!(Symbol.asyncIterator in running)) return print(command, context, await running);
  for await (const item of running) print(command, context, item);
}

function print(command: CliCommand, { out }: Context, result: unknown): void {
  if (result === undefined) return;
  const text = out.json ? JSON.stringify(result) : command.show(result as never, out);
  if (text !== undefined) out.print(text);
}

function contextOf(world: World, signal: AbortSignal, json: boolean): Context {
  let client: Client | undefined;
  return {
    world,
    signal,
    out: createOutput(world, json),
    get client() {
      return (client ??= signedInClient(world));
    },
  };
}

function signedInClient(world: World): Client {
  const connection = readConnection(world);
  const baseUrl = serverUrl(world, connection);
  if (!connection.apiKey) throw new CliRefusal(`You are not signed in at ${baseUrl}. Sign in with: clawster login`);
  return createClient({ baseUrl, apiKey: connection.apiKey });
}

function camelCase(name: string): string {
  return name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
