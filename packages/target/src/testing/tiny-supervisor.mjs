// Stands in for the supervisor in conformance tests: takes its one line, says what it saw, and runs until it is ended.
import { createHash } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const from = process.argv.indexOf('--start-from');
const line = from === -1 ? await text(process.stdin) : readFileSync(process.argv[from + 1], 'utf8');
const { workload, joinToken, directory } = JSON.parse(line);

const publish = (name, value) => {
  writeFileSync(join(directory, `${name}.partial`), JSON.stringify(value), { mode: 0o600 });
  renameSync(join(directory, `${name}.partial`), join(directory, name));
};
const processStart = (pid = process.pid) => {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
};

process.on('SIGTERM', () => {
  if (workload.supervisor.version === 'stubborn') return;
  rmSync(join(directory, 'supervisor.json'), { force: true });
  process.exit(0);
});
if (workload.supervisor.version === 'with-gateway') {
  const gateway = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)', directory], {
    detached: true,
    stdio: 'ignore',
  });
  publish('gateway.pid', { pid: gateway.pid, processStart: processStart(gateway.pid) });
}
setInterval(() => undefined, 60_000);
console.log(`running generation ${workload.generation}`);
publish('workload.json', workload);
publish('seen.json', { ...workload, joinTokenSha256: createHash('sha256').update(joinToken).digest('hex') });
publish('supervisor.json', { pid: process.pid, processStart: processStart(), generation: workload.generation });
