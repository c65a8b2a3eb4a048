import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { confine, someRefused } from './support/egress-handlers.ts';
import { giveLayers } from './support/some-layers.ts';
import { makeWorld, threeBots } from './support/world.ts';

/** The first bot, with its layers. */
function oneBot() {
  const world = makeWorld(threeBots());
  giveLayers(world);
  const [bot] = world.bots;
  if (!bot) throw new Error('There are three');
  return { world, bot, path: `/bots/${bot.id}?tab=configuration` };
}

describe('where a bot connects to', () => {
  const visit = dashboardInBrowser();

  test('is shown with what it was refused, which is allowed by a change of the bot', async () => {
    const { world, bot, path } = oneBot();
    confine(world, bot, someRefused);
    const { page, faults, leave } = await visit(world);
    await page.goto(path);
    const card = page.getByRole('region', { name: 'Where it connects to' });
    await card.getByText('Its target keeps it to these hosts').waitFor();
    await card.getByText('api.openai.com:443').waitFor();
    await card.getByText('is not among its hosts; 12 times').waitFor();
    // An address is nothing that could be allowed.
    expect(await card.getByRole('button').count()).toBe(1);
    await card.getByRole('button', { name: 'Allow docs.example.com:443' }).click();
    expect(await page.getByLabel('Hosts', { exact: true }).inputValue()).toBe('docs.example.com:443');
    await page.getByRole('button', { name: 'Review and save…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByText(`${bot.name} was changed`).first().waitFor();
    expect(world.bots[0]?.spec.settings.egress).toEqual({ hosts: { $add: ['docs.example.com:443'] } });
    await card.getByRole('region', { name: 'At public addresses' }).getByText('docs.example.com:443').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('is said to be anything where its target confines no bot; what is no host is told before it is saved', async () => {
    const { world, path } = oneBot();
    const { page, faults, leave } = await visit(world);
    await page.goto(path);
    await page.getByText('Its target confines no bot: it can connect to anything.').waitFor();
    await page.getByLabel('Hosts', { exact: true }).fill('api.example.com:443\nhttps://example.com\n');
    await page.getByText('https://example.com: Write a host with its port').first().waitFor();
    expect(faults).toEqual([]);
    await leave();
  });
});
