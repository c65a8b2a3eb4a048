import { type TestApp, testApp } from '../../apps/server/src/http/test-app.ts';
import { ask, type Credential, newPerson } from '../../apps/server/src/http/test-people.ts';
import type { BotDrift, DriftedValue } from '@clawster/contract/drift';
import { keep } from '@clawster/control-plane/change';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser, openDashboard, type OpenDashboard } from '../../apps/dashboard/test/support/open-dashboard.ts';

// Layers, previews and revisions are the real server's: what the pages show is what it would do.

let dashboard: OpenDashboard;
let browser: Browser;
let app: TestApp;
let as: Credential;
let page: Page;
beforeAll(async () => {
  [dashboard, browser] = await Promise.all([openDashboard(), openBrowser()]);
  app = await testApp({ dashboardUrl: dashboard.url });
});
afterAll(async () => {
  await browser?.close();
  dashboard?.stop();
  await app?.close();
});
beforeEach(async () => {
  as = (await newPerson(app, await app.newWorkspace(), 'owner')).as;
  const context = await browser.newContext({ baseURL: app.url, viewport: { width: 1280, height: 800 } });
  const [name = '', value = ''] = (as['cookie'] ?? '').split('=');
  await context.addCookies([{ name, value, url: app.url }]);
  page = await context.newPage();
});

async function done(line: Parameters<typeof ask>[1], body?: unknown) {
  const answer = await ask(app, line, { as, ...(body ? { body } : {}) });
  expect(answer.status, `${line}: ${answer.body.detail}`).toBe(200);
  return answer.body;
}
const role = (text: string) => ({ identity: { role: text } });

test('a bot is changed, looked over, and rolled back again, and the model is told what the pages said', async () => {
  await done('POST /profiles', { name: 'House', selector: { team: 'a' }, settings: role('Serve the house.') });
  const { id } = await done('POST /bots', { name: 'Ada', start: false, labels: { team: 'a' } });
  await page.goto(`/bots/${String(id)}?tab=configuration`);
  expect(await page.getByLabel('Role').getAttribute('placeholder')).toBe('Serve the house.');
  await page.getByLabel('Role').fill('Serve the garden.');
  await page.getByRole('region', { name: 'AGENTS.md' }).getByText('Serve the garden.').waitFor();
  await page.getByRole('checkbox', { name: /List files/ }).check();
  await page.getByRole('button', { name: 'Review and save…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
  await dialog.getByLabel('Why (kept with the revision)').fill('It is spring');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Ada was changed').waitFor();
  const path = `/bots/${String(id)}/configuration` as const;
  const told = await done(`GET ${path}`);
  expect((told['files'] as Record<string, string>)['AGENTS.md']).toContain('Serve the garden.');
  expect(told['document']).toMatchObject({ tools: { allow: ['read', 'session_status', 'ls'] } });

  await page.getByRole('tab', { name: 'Revisions' }).click();
  await page.getByText('“It is spring”').waitFor();
  await page.getByRole('button', { name: 'Roll back… to revision 1' }).click();
  await dialog.getByText('Serve the house.').waitFor();
  await dialog.getByRole('button', { name: 'Roll back' }).click();
  await page.getByText('Rolled back to revision 1').waitFor();
  const again = await done(`GET ${path}`);
  expect((again['files'] as Record<string, string>)['AGENTS.md']).toContain('Serve the house.');
});

test('a profile shows whom it touches and who could not take it over, and nothing is saved then', async () => {
  const mine = { openclaw: { tools: { allow: ['read', 'web_fetch'] } } };
  await done('POST /bots', { name: 'Fits', start: false, labels: { env: 'live' } });
  await done('POST /bots', { name: 'Clashes', start: false, labels: { env: 'live' }, settings: mine });
  await page.goto('/configuration?tab=profiles&open=new');
  await page.getByLabel('Name', { exact: true }).fill('Security');
  await page.getByLabel('Bots with the labels').fill('env=live');
  await page.getByLabel('OpenClaw settings (JSON)').fill('{ "tools": { "allow": ["read", "ls"] } }');
  const touches = page.getByRole('region', { name: 'What it touches' });
  await touches.getByText('It concerns 2 bots: 1 changes at once.').waitFor();
  await page.getByLabel('Locked').fill('openclaw.tools.allow');
  await touches.getByText('It concerns 2 bots: 1 changes at once, 1 could not take it over.').waitFor();
  const save = page.getByRole('button', { name: /^Review and save/ });
  await expect.poll(() => save.getAttribute('title')).toContain('The profile "Security" has locked it');
  await page.getByLabel('Locked').fill('');
  await touches.getByText('It concerns 2 bots: 1 changes at once.').waitFor();
  await save.click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByText('The profile Security is there.').waitFor();
  expect((await done('GET /profiles')).items).toMatchObject([{ name: 'Security', botCount: 2, locked: [] }]);
});

test('a bot is saved as a template, another is made from it, and follows to its next version', async () => {
  const { id } = await done('POST /bots', { name: 'Ada', start: false, settings: role('Count the stars.') });
  await page.goto(`/bots/${String(id)}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: /^Save as a template/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Stargazer');
  await dialog.getByRole('button', { name: 'Save the template' }).click();
  await page.getByRole('button', { name: 'Open it' }).click();
  await page.getByText('Count the stars.').waitFor();
  const { items = [] } = await done('GET /templates');
  const templateId = String(items.find(({ name }) => name === 'Stargazer')?.['id']);
  const made = await done('POST /bots', { name: 'Bea', start: false, template: { id: templateId } });
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  await page.getByLabel('Role').fill('Count the planets.');
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByRole('region', { name: '1 bot can be upgraded to version 2' }).waitFor();
  await page.getByRole('button', { name: 'Upgrade all' }).click();
  await page.getByText('1 bot upgraded.').waitFor();
  const { files } = await done(`GET /bots/${String(made['id'])}/configuration`);
  expect((files as Record<string, string>)['AGENTS.md']).toContain('Count the planets.');
});

test('of many bots those that can get a profile, and the one that cannot says why and gets it once it can', async () => {
  const mine = { openclaw: { tools: { allow: ['read', 'web_fetch'] } } };
  const fits = await done('POST /bots', { name: 'Fits', start: false });
  const clashes = await done('POST /bots', { name: 'Clashes', start: false, settings: mine });
  const settings = { openclaw: { tools: { allow: ['read', 'ls'] } } };
  const profile = await done('POST /profiles', { name: 'Security', settings, locked: ['openclaw.tools.allow'] });
  await page.goto('/bots');
  for (const name of ['Fits', 'Clashes']) await page.getByRole('link', { name, exact: true }).waitFor();
  await page.getByLabel('Select all that are loaded').check();
  await page.getByRole('button', { name: 'Configure' }).click();
  await page.getByRole('menuitem', { name: /^Attach a profile/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Profile', { exact: true }).selectOption('Security');
  await dialog.getByText('It concerns 2 bots: 1 changes at once, 1 could not take it over.').waitFor();
  await dialog.getByRole('button', { name: 'Attach 1 bot' }).click();
  await page.getByText('1 of 2 bots given Security; 1 not.').waitFor();
  await page.getByText('The profile "Security" has locked it').waitFor();
  await done(`PATCH /bots/${String(clashes['id'])}`, { settings: {} });
  await page.getByRole('button', { name: 'Try the failed ones again' }).click();
  await page.getByText('2 bots given Security.').waitFor();
  for (const { id } of [fits, clashes])
    expect((await done(`GET /bots/${String(id)}`))['spec']).toMatchObject({ profileIds: [profile['id']] });
});

test('what was found changed on a host is adopted as a revision, where settings can say it', async () => {
  const { id } = await done('POST /bots', { name: 'Ada', start: false, drift: 'report' });
  const found = (...changes: DriftedValue[]) => tellDrift(String(id), changes);
  await found({ path: 'gateway.port', before: 1, after: 2 });
  await page.goto(`/bots/${String(id)}?tab=configuration`);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Adopt…' }).click();
  await dialog.getByText('A layer cannot set gateway').first().waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await found({ path: 'agents.defaults.timeoutSeconds', before: 600, after: 900 });
  await page.reload();
  await page.getByRole('button', { name: 'Adopt…' }).click();
  await dialog.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
  await dialog.getByLabel('Why (kept with the revision)').fill('Long questions');
  await dialog.getByRole('button', { name: 'Adopt' }).click();
  await page.getByText('Ada is to be as it was changed on its host (revision 2).').waitFor();
  await page.getByText('Clawster is writing there what is wanted now.').waitFor();
  expect((await done(`GET /bots/${String(id)}/configuration`))['document']).toMatchObject({
    agents: { defaults: { timeoutSeconds: 900 } },
  });
});

/** As the reconciler writes what a supervisor reported. */
async function tellDrift(botId: string, changes: DriftedValue[]): Promise<void> {
  const drift: BotDrift = { at: new Date().toISOString(), files: [{ file: 'openclaw.json', changes }] };
  await keep(app.plane, async (tx) => {
    const { status } = await tx.selectFrom('bot').select('status').where('id', '=', botId).executeTakeFirstOrThrow();
    const told = { ...(status as object), observedGeneration: 1, drift };
    await tx
      .updateTable('bot')
      .set({ status: JSON.stringify(told) })
      .where('id', '=', botId)
      .execute();
  });
}
