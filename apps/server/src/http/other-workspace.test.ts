import { randomUUID } from 'node:crypto';
import { allRoutes } from '@clawster/contract/api';
import { pathParameters, type Route } from '@clawster/contract/route';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { putItem } from './test-inbox.ts';
import { ask, attempts, type Body, type Credential, newPerson, type TestPerson } from './test-people.ts';

// S2: every id that a route takes, given to an owner of another workspace; in paths, in bodies, in filters and in search.

let app: TestApp;
/** Whose things are asked for, and who asks. */
let ours: TestPerson;
let theirs: TestPerson;
let key: Credential;
let ids: Record<string, string>;

beforeAll(async () => {
  app = await testApp();
  const [home, elsewhere] = [await app.newWorkspace(), await app.newWorkspace()];
  ours = await newPerson(app, home, 'owner');
  theirs = await newPerson(app, elsewhere, 'owner');
  ids = await makeOneOfEach(home);
  key = { authorization: `Bearer ${await app.keyOf(elsewhere, 'owner')}` };
});
afterAll(() => app.close());

async function made(line: `POST /${string}`, body: unknown): Promise<Body> {
  const answer = await ask(app, line, { as: ours.as, body });
  expect(answer.status, `${line}: ${answer.body.detail}`).toBe(200);
  return answer.body;
}

const idIn = (body: unknown) => (body as { id: string }).id;
/** What no answer to another workspace may hold. */
const secretName = 'Confidential';

async function makeOneOfEach(workspaceId: string): Promise<Record<string, string>> {
  const bot = await made('POST /bots', { name: secretName, start: false, personality: secretName });
  const member = await newPerson(app, workspaceId, 'viewer');
  const [target, connector] = await app.database.rows(
    `select id from target where workspace_id = '${workspaceId}' union all select id from connector where workspace_id = '${workspaceId}'`,
  );
  const { invitation } = await made('POST /invitations', { email: 'confidential@example.com', role: 'viewer' });
  const { apiKey } = await made('POST /api-keys', { name: secretName, role: 'viewer' });
  const account = await made('POST /service-accounts', { name: secretName, role: 'viewer' });
  await made('POST /roles', { name: 'confidential', permissions: ['bot:read'] });
  const binding = await made('POST /role-bindings', {
    personId: member.id,
    role: 'viewer',
    bots: { botId: idIn(bot) },
  });
  const template = await made('POST /templates', {
    name: secretName,
    content: { settings: { identity: { role: secretName } } },
  });
  const profile = await made('POST /profiles', {
    name: secretName,
    description: secretName,
    settings: { identity: { role: secretName } },
  });
  const overlay = await made('POST /overlays', {
    name: secretName,
    botId: idIn(bot),
    settings: { identity: { style: secretName } },
  });
  const budget = await made('POST /budgets', { name: secretName, period: 'month', limitUsd: 1 });
  const team = await made('POST /teams', { name: secretName, charter: secretName, lead: { botId: idIn(bot) } });
  const delegation = await made('POST /delegations', {
    teamId: idIn(team),
    toBotId: idIn(bot),
    title: secretName,
    text: secretName,
  });
  const goal = await made('POST /goals', {
    teamId: idIn(team),
    title: secretName,
    plan: { milestones: [{ title: secretName, tasks: [{ key: 'one', title: secretName, text: secretName }] }] },
  });
  const secret = await made('POST /secrets', { name: secretName, value: 'confidential-value' });
  const rotation = await made(`POST /secrets/${idIn(secret)}/rotations`, { value: 'another-confidential-value' });
  const scan = await made('POST /scans', {});
  const findingId = randomUUID();
  await app.database.rows(`insert into finding
    (id, workspace_id, kind, sealed_id, secret_id, secret_name, version, form, packed, place_kind, part, place, times)
    values ('${findingId}', '${workspaceId}', 'plaintext-secret', '${findingId}', '${idIn(secret)}', '${secretName}', 1, 'raw',
      false, 'database', 'column', '${secretName}', 1)`);
  const channel = await made('POST /channels', { name: secretName, kind: 'whatsapp' });
  const attached = await made(`POST /channels/${idIn(channel)}/attachments`, { botId: idIn(bot) });
  const skill = await made('POST /skills', {
    name: 'confidential',
    files: { 'SKILL.md': `---\nname: confidential\ndescription: ${secretName}\n---\n` },
  });
  const sink = await made('POST /audit/sinks', { name: secretName, place: { kind: 'file' } });
  const exporter = await made('POST /exporters', { name: secretName, endpoint: 'https://confidential.example.com' });
  const link = await made('POST /link-outs', { name: secretName, url: 'https://confidential.example.com/{botId}' });
  const view = await made('POST /audit/views', { name: secretName, filter: {}, shared: true });
  const job = await made('POST /keys/reencrypt', {});
  const operation = await made(`POST /bots/${idIn(bot)}/backups`, {});
  const backupId = randomUUID();
  await app.database
    .rows(`insert into backup (id, workspace_id, bot_id, bot_name, spec, target_id, kek_id, bytes, sha256)
    select '${backupId}', workspace_id, id, name, spec, target_id, 'k', 1, 'x' from bot where id = '${idIn(bot)}'`);
  const incidentId = randomUUID();
  await app.database.rows(`insert into incident (id, workspace_id, bot_id, signal, cause, why, evidence, began_at)
    values ('${incidentId}', '${workspaceId}', '${idIn(bot)}', 'link', '${secretName}', '${secretName}', '[]', now())`);
  const orphanId = randomUUID();
  await app.database.rows(`insert into orphan (id, workspace_id, target_id, installation, bot_id, name, runs, is_own)
    select '${orphanId}', workspace_id, id, '', 'confidential@bot', '${secretName}', true, true from target where id = '${String(target?.['id'])}'`);
  const passkeyId = randomUUID();
  await app.database.rows(`insert into passkey
    (id, person_id, name, credential_id, public_key, host, sign_count, transports, device, is_backed_up)
    values ('${passkeyId}', '${ours.id}', '${secretName}', '\\x01', '\\x01', 'localhost', 0, '{}', 'multi-device', true)`);
  await app.database
    .rows(`insert into span (bot_id, workspace_id, id, at, kind, epoch, sequence, trace_id, session, channel)
    values ('${idIn(bot)}', '${workspaceId}', 'confidential@turn', now(), 'turn', 1, 1, 'confidential@trace', 'confidential@session', 'telegram')`);
  await app.database.rows(`insert into span_text (bot_id, workspace_id, span_id, at, keep_days, text)
    select bot_id, workspace_id, id, at, 30, '{"in": "${secretName}"}' from span`);
  await app.database
    .rows(`insert into conversation (bot_id, workspace_id, session, channel, first_at, last_at, turns, failed)
    select bot_id, workspace_id, session, channel, at, at, 1, 0 from span`);
  const notifier = await made('POST /notifiers', { name: secretName, kind: 'mail' });
  const item = await putItem(app, { workspaceId, title: secretName });
  const sessions = (await ask(app, 'GET /sessions', { as: ours.as })).body.items ?? [];
  return {
    workspaceId,
    botId: idIn(bot),
    personId: member.id,
    targetId: String(target?.['id']),
    connectorId: String(connector?.['id']),
    orphanId,
    invitationId: idIn(invitation),
    apiKeyId: idIn(apiKey),
    serviceAccountId: idIn(account),
    bindingId: idIn(binding),
    sinkId: idIn(sink),
    exporterId: idIn(exporter),
    notifierId: idIn(notifier),
    itemId: item.id,
    contentHash: item.contentHash,
    key: 'confidential',
    linkOutId: idIn(link),
    templateId: idIn(template),
    profileId: idIn(profile),
    overlayId: idIn(overlay),
    budgetId: idIn(budget),
    goalId: idIn(goal),
    taskId: idIn((goal['milestones'] as { tasks: unknown[] }[])[0]?.tasks[0]),
    teamId: idIn(team),
    delegationId: idIn(delegation),
    secretId: idIn(secret),
    rotationId: idIn(rotation),
    scanId: idIn(scan),
    findingId,
    incidentId,
    channelId: idIn(channel),
    attachmentId: idIn((attached['attachments'] as unknown[])[0]),
    requestId: 'confidential',
    // No id of a workspace either: of a bot's revisions.
    number: '1',
    name: 'confidential',
    digest: String(skill['digest']),
    viewId: idIn(view),
    jobId: idIn(job),
    passkeyId,
    // No id of a workspace: runtimes are the installation's.
    version: 'confidential',
    operationId: idIn(operation),
    backupId,
    sessionId: idIn(sessions[0]),
    subjectId: idIn(bot),
    actorId: ours.id,
    role: 'confidential',
    turnId: idIn(bot),
    traceId: 'confidential@trace',
    session: 'confidential@session',
  };
}

/** An input that a route takes, with every id of the other workspace. */
const bodies: Record<string, Record<string, unknown>> = {
  'bots.create': { name: 'Copy', start: false },
  'bots.clone': { name: 'Copy', start: false },
  'bots.label': { labels: {} },
  'bots.update': { personality: 'x' },
  'revisions.label': { label: 'x' },
  'manifests.plan': { items: [], prune: true },
  'manifests.apply': { items: [] },
  'skills.add': { name: 'copy', files: { 'SKILL.md': '---\nname: copy\ndescription: x\n---\n' } },
  'skills.approve': { reason: 'x' },
  'templates.create': { name: 'Copy', content: { settings: {} } },
  'templates.saveBot': { name: 'Copy' },
  'templates.update': { name: 'x' },
  'profiles.create': { name: 'Copy', settings: {} },
  'profiles.update': { description: 'x' },
  'budgets.create': { name: 'Copy', period: 'day', limitUsd: 1 },
  'budgets.update': { limitUsd: 2 },
  'budgets.lift': { usd: 1, reason: 'x' },
  'teams.create': { name: 'Copy' },
  'teams.update': { charter: 'x' },
  'teams.deploy': { name: 'Copy', template: 'one-person-company', variables: { company: 'x' } },
  'goals.create': { title: 'Copy' },
  'goals.update': { title: 'x' },
  'goals.plan': { plan: { milestones: [{ title: 'x', tasks: [{ key: 'x', title: 'x', text: 'x' }] }] } },
  'goals.updateTask': { title: 'x' },
  'overlays.create': { name: 'Copy', settings: {} },
  'overlays.update': { reason: 'x' },
  'secrets.create': { name: 'Copy', value: 'x' },
  'secrets.update': { note: 'x' },
  'rotations.start': { value: 'x' },
  'rotations.revoke': { reason: 'x' },
  'scans.setSchedule': { everyHours: 12 },
  'findings.dismiss': { reason: 'x' },
  'inbox.decide': { decision: 'refuse' },
  'inbox.answer': { answer: 'x' },
  'notifiers.create': { name: 'Copy', kind: 'mail', personId: undefined },
  'notifiers.update': { name: 'x' },
  'contextEntries.set': { text: 'x', baseVersion: 0 },
  'contextEntries.restore': { version: 1 },
  'channels.create': { name: 'Copy', kind: 'whatsapp' },
  'channels.test': { kind: 'whatsapp' },
  'channels.update': { name: 'x' },
  'channels.updateAttachment': { settings: {} },
  'channels.decidePairing': { kind: 'telegram', account: 'default', decision: 'approve' },
  'costs.setTargetPrice': { usdPerHour: 1 },
  'costs.importTargetCosts': { csv: '2026-11-01,Copy,1' },
  'people.changeRole': { role: 'viewer' },
  'roles.update': { description: 'x' },
  'roleBindings.create': { role: 'viewer' },
  'apiKeys.create': { name: 'k', role: 'viewer' },
  'fleet.halt': { mode: 'stop' },
  'turns.start': { message: 'hello', conversation: 'main' },
  'turns.abort': { conversation: 'main' },
  'connectors.update': { name: 'x' },
  'backups.restore': { name: 'Copy' },
};

function inputOf(name: string, route: Route): Record<string, unknown> {
  const input = { ...ids, ...bodies[name], bots: name === 'fleet.halt' ? [ids['botId']] : { botId: ids['botId'] } };
  if (name === 'teams.create') return { ...input, lead: { botId: ids['botId'] } };
  if (name === 'connectors.attach') return { ...input, botIds: [ids['botId']] };
  if (name === 'configurations.preview')
    return { proposed: { kind: 'bot', botId: ids['botId'], change: { personality: 'x' } } };
  return name === 'people.changeRole'
    ? { ...input, role: 'viewer' }
    : pathParameters(route.path).includes('role')
      ? { ...input, role: ids['role'] }
      : input;
}

async function answerTo(name: string, route: Route, as: Credential) {
  const input = inputOf(name, route);
  const path = route.path.replace(/\{(\w+)\}/g, (_, id: string) => {
    if (!(id in ids)) throw new Error(`No ${id} of the other workspace is there to be tried`);
    return String(ids[id]);
  });
  const reads = route.method === 'GET' || route.method === 'DELETE';
  const query = new URLSearchParams({ ...ids, permission: 'bot:read', search: secretName, limit: '200' }).toString();
  const until = AbortSignal.timeout(1_500);
  const response = await fetch(`${app.url}/api/v1${path}${reads ? `?${query}` : ''}`, {
    method: route.method,
    headers: { ...as, ...(reads ? {} : { 'content-type': 'application/json' }) },
    ...(reads ? {} : { body: JSON.stringify(input) }),
    signal: until,
  });
  const text = await response.text().catch(() => '');
  return { status: response.status, text };
}

/** Signing in and out, setting up, and one's own account take no id of a workspace. */
const routes = allRoutes().filter(({ name }) => !/^(system|setup|account|sessions\.sign)/.test(name));

describe.each([
  ['as it is', false],
  ['with row-level security off', true],
])('%s', (_, off) => {
  beforeAll(async () => {
    if (!off) return;
    const secured = await app.database.rows('select oid::regclass::text as name from pg_class where relrowsecurity');
    if (secured.length < 20) throw new Error(`Only ${secured.length} tables were found`);
    for (const { name } of secured) await app.database.rows(`alter table ${String(name)} disable row level security`);
  });

  test.each([
    ['an owner', () => theirs.as],
    ['a key', () => key],
  ] as const)('nothing of a workspace is told to, or changed by, %s of another', async (__, as) => {
    const { refused, told } = attempts(`ids of another workspace, ${_}`);
    const before = await everythingOf();
    const wrong: string[] = [];
    for (const { name, route } of routes) {
      const { status, text } = await answerTo(name, route, as());
      const takesId = pathParameters(route.path).length > 0;
      const leaks = new RegExp(`${secretName}|confidential@|${ids['botId']}`).test(
        text.replaceAll(/"instance":"[^"]*"/g, ''),
      );
      await refused(Promise.resolve({ status: leaks || (takesId && status === 200) ? 200 : 404 }));
      if (leaks || (takesId && status === 200)) wrong.push(`${name}: ${status} ${text.slice(0, 200)}`);
      expect(status, name).not.toBe(500);
    }
    expect(await everythingOf()).toEqual(before);
    expect(wrong).toEqual([]);
    expect(told().letIn).toBe(0);
  });
});

/** What is stored of the workspace's own, but for when it was last looked at. */
async function everythingOf(): Promise<unknown> {
  const workspace = (await app.database.rows(`select workspace_id as id from bot where id = '${ids['botId']}'`))[0]?.[
    'id'
  ];
  const tables = [
    'bot',
    'target',
    'target_price',
    'target_import',
    'connector',
    'backup',
    'operation',
    'orphan',
    'invitation',
    'api_key',
    'service_account',
    'role',
    'role_binding',
    'membership',
    'audit_sink',
    'exporter',
    'link_out',
    'template',
    'template_version',
    'profile',
    'overlay',
    'budget',
    'revision',
    'skill',
    'team',
    'team_member',
    'team_rules',
    'goal',
    'milestone',
    'task',
  ];
  return Promise.all(
    tables.map((table) =>
      app.database.rows(
        `select t::text as row from ${table} as t where workspace_id = '${workspace as string}' order by 1`,
      ),
    ),
  );
}
