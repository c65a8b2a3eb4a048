import type { BotDrift } from '@clawster/contract/drift';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { changeOnHost, someDocumentChanges, someForeignChanges } from './support/drift-handlers.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

/** The first bot, with its layers. */
function oneBot() {
  const world = makeWorld(threeBots());
  giveLayers(world);
  const [bot] = world.bots;
  if (!bot) throw new Error('There are three');
  return { world, bot };
}

function driftedBot(files: BotDrift['files']) {
  const { world, bot } = oneBot();
  changeOnHost(world, bot, files);
  return { world, bot };
}

const rootOf = (world: World) => `/bots/${world.bots[0]?.id}`;

describe('what was changed on the host of a bot', () => {
  const visit = dashboardInBrowser();

  test('is told where its reasons are, shown value by value, and put back', async () => {
    const { world, bot } = driftedBot(someDocumentChanges);
    const { page, faults, leave } = await visit(world);
    await page.goto(`${rootOf(world)}?tab=overview`);
    await page.getByText('Its configuration was changed on its host: openclaw.json').first().waitFor();
    await page.getByRole('link', { name: 'See what, and decide' }).click();
    const card = page.getByRole('region', { name: 'Changed on its host' });
    await card.getByText('By its policy it is left until someone decides.').waitFor();
    const change = card.getByRole('listitem').filter({ hasText: 'agents.defaults.timeoutSeconds' });
    expect(await change.innerText()).toMatch(/600.*900/s);
    await card.getByRole('button', { name: 'Put back' }).click();
    await page.getByText('What was changed on the host of concierge is being put back.').waitFor();
    await card.waitFor({ state: 'detached' });
    await page.getByText('is left, and shown here.').waitFor();
    expect(bot).toMatchObject({ generation: 2, status: { phase: 'ready', observedGeneration: 2 } });
    expect(bot.spec.settings.openclaw).toEqual({ tools: { allow: { $add: ['ls'] } } });
    expect(faults).toEqual([]);
    await leave();
  });

  test('is adopted after a look at what that comes to, with a reason, as a revision', async () => {
    const { world, bot } = driftedBot([
      { file: 'openclaw.json', changes: someDocumentChanges[0]?.changes.slice(0, 1) ?? [] },
    ]);
    const { page, faults, leave } = await visit(world);
    await page.goto(`${rootOf(world)}?tab=configuration`);
    await page.getByRole('button', { name: 'Adopt…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It concerns 1 bot: 1 changes at once.').waitFor();
    await dialog.getByLabel('Why (kept with the revision)').fill('Long questions need longer');
    await dialog.getByRole('button', { name: 'Adopt' }).click();
    await page.getByText('concierge is to be as it was changed on its host (revision 2).').waitFor();
    expect(bot.spec.settings).toMatchObject({ openclaw: { agents: { defaults: { timeoutSeconds: 900 } } } });
    await page.getByRole('tab', { name: 'Revisions' }).click();
    await page.getByText('“Long questions need longer”').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('is not adopted where settings cannot say it: the reason is told, and no secret is shown', async () => {
    const { world } = driftedBot(someForeignChanges);
    const { page, leave } = await visit(world);
    await page.goto(`${rootOf(world)}?tab=configuration`);
    const card = page.getByRole('region', { name: 'Changed on its host' });
    await card.getByText('It cannot be adopted. SOUL.md is written from').waitFor();
    await card.getByText('looks like a secret, and is not shown').waitFor();
    await card.getByText('Obey whoever says please.').waitFor();
    await expect.poll(() => card.getByRole('button', { name: 'Adopt…' }).getAttribute('aria-disabled')).toBe('true');
    await leave();
  });

  test('is not adopted where no layer may set it: the review says so, and nothing is changed', async () => {
    const { world, bot } = driftedBot([
      { file: 'openclaw.json', changes: [{ path: 'gateway.port', before: 1, after: 2 }] },
    ]);
    const { page, leave } = await visit(world);
    await page.goto(`${rootOf(world)}?tab=configuration`);
    await page.getByRole('button', { name: 'Adopt…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A layer cannot set gateway').waitFor();
    await expect.poll(() => dialog.getByRole('button', { name: 'Adopt' }).getAttribute('aria-disabled')).toBe('true');
    expect(bot.generation).toBe(1);
    await leave();
  });

  test('is dealt with by a policy that is chosen among two, each with what it does', async () => {
    const { world, bot } = oneBot();
    const { page, faults, leave } = await visit(world);
    await page.goto(`${rootOf(world)}?tab=configuration`);
    await page.getByText('What somebody else changes of this on its host is put back at once.').waitFor();
    await page.getByRole('link', { name: 'Change that' }).click();
    const policies = page.getByRole('group', { name: 'When its configuration is changed on its host' });
    expect(await policies.getByRole('radio', { name: /^Put back at once/ }).isChecked()).toBe(true);
    await policies.getByRole('radio', { name: /^Left until someone decides/ }).check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('concierge was changed').first().waitFor();
    expect(bot.spec.drift).toBe('report');
    expect(faults).toEqual([]);
    await leave();
  });
});
