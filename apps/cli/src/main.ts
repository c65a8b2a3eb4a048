import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// A second start finds the CLI compiled; beside the tools, so that nothing is left outside the clone.
enableCompileCache(join(import.meta.dirname, '../../../.tools/compile-cache'));

const [{ run }, { realWorld }] = await Promise.all([import('./run.ts'), import('./world.ts')]);

const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupted.abort(new Error(name)));
// A reader that leaves early, as `head` does, is no trouble.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));

process.exitCode = await run(process.argv.slice(2), realWorld(), interrupted.signal);
// Something idle, such as a kept-alive connection, must not hold the prompt back.
process.exit();
