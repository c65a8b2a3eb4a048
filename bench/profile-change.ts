import pg from 'pg';
import { startFleet } from './fleet/installation.ts';
import { asking } from './support/ask.ts';
import { median } from './support/pairs.ts';

/** What it takes to look at, and to make, a change of a profile that many bots have: see bench/README.md. */
const bots = Number(process.env['BOTS'] ?? 500);
const rounds = Number(process.env['ROUNDS'] ?? 7);
const previewMsMax = 1_000;

await using fleet = await startFleet(bots, { CLAWSTER_ROLES: 'http' });
const ask = asking(fleet);
const raw = new pg.Client({ connectionString: fleet.database.options.connectionString });
await raw.connect();
await raw.query(`update bot set labels = '{"team": "support"}'`);
const { id: profileId } = (await ask('POST', '/profiles', {
  name: 'Support',
  selector: { team: 'support' },
  settings: { identity: { style: 'Round 0.' }, openclaw: { tools: { allow: ['read', 'ls', 'session_status'] } } },
})) as { id: string };

const times: { preview: number; save: number; peer: number }[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const change = {
    settings: { identity: { style: `Round ${round}.` }, openclaw: { tools: { allow: ['read', 'session_status'] } } },
  };
  const preview = await timed(async () => {
    const impact = (await ask('POST', '/configuration/preview', {
      proposed: { kind: 'profile', profileId, change },
    })) as { changed: number };
    if (impact.changed !== bots) throw new Error(`${impact.changed} of ${bots} bots would change`);
  });
  const save = await timed(() => ask('PATCH', `/profiles/${profileId}`, change));
  times.push({ preview, save, peer: await timed(byHand) });
}
await raw.end();

const of = (key: 'preview' | 'save' | 'peer') => median(times.map((one) => one[key]));
console.log(`A change of a profile that ${bots} bots have (median of ${rounds}):`);
console.log(
  `  shown before it is made  ${of('preview').toFixed(0)} ms, aim ≤ ${previewMsMax} ms ${of('preview') <= previewMsMax ? 'met' : 'MISSED'}`,
);
console.log(
  `  made for all of them     ${of('save').toFixed(0)} ms, ${(of('save') / of('peer')).toFixed(1)} × the same rows written by hand`,
);

/** The same rows, written by hand in three statements from what lies in the database already. */
async function byHand(): Promise<void> {
  await raw.query('begin');
  await raw.query(`update bot set generation = generation + 1, updated_at = now(), reconcile_at = now()`);
  await raw.query(`insert into revision (workspace_id, bot_id, number, author, cause, reason, spec, layers, document, files)
    select revision.workspace_id, bot_id, number + 1, author, cause, reason, revision.spec, layers, document, files
    from revision join bot on bot.id = bot_id and bot.generation = number + 1`);
  await raw.query(`insert into event (workspace_id, type, actor, subject_id, subject_name, detail)
    select workspace_id, 'bot-reconfigured', '{"kind": "system", "job": "bench"}', id, name, '{}' from bot`);
  await raw.query('commit');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
