import { describe, expect, test } from 'vitest';
import { linkOf } from './support/channel-handlers.ts';
import { openChannel } from './support/channel-places.ts';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { code, giveChannels } from './support/some-channels.ts';
import { makeWorld, threeBots, type World } from './support/world.ts';

const token = '123456789:AAExampleExampleExampleExample';

function worldWithChannels(changes: Partial<World> = {}): World {
  const world = makeWorld(threeBots(), changes);
  giveChannels(world);
  return world;
}
const botOf = (world: World, name: string) => world.bots.find((bot) => bot.name === name);
const channelOf = (world: World, name: string) => world.channels.find((channel) => channel.name === name);

describe('channels', () => {
  const visit = dashboardInBrowser();

  test('of Telegram are added step by step: the token is looked at, tested and kept, then given to a bot', async () => {
    const world = makeWorld(threeBots());
    const { page, faults, leave } = await visit(world);
    await page.goto('/connectors');
    await page.getByRole('link', { name: 'Channels' }).click();
    await page.getByRole('button', { name: 'Add a channel' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Telegram/ }).check();
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByText('Open Telegram and write to @BotFather.').waitFor();
    await dialog.getByLabel('Name').fill('Support line');
    await dialog.getByLabel('Bot token').fill('123');
    await dialog.getByRole('alert').getByText('This is not a bot token of Telegram').waitFor();
    await dialog.getByLabel('Bot token').fill(`${token}wrong`);
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText('the token is not right').waitFor();
    await dialog.getByLabel('Bot token').fill(token);
    await dialog.getByRole('button', { name: 'Test' }).click();
    await dialog.getByText('It is @acme_support_bot').waitFor();
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByLabel('Who may write to it alone').selectOption('everybody');
    await dialog.getByText('Everybody who finds it').waitFor();
    await dialog.getByLabel('Who may write to it alone').selectOption('only the people listed');
    await dialog.getByLabel('People').fill('4211\n9912');
    await dialog.getByRole('button', { name: 'Test and save' }).click();
    await page.getByRole('heading', { name: 'Support line' }).waitFor();
    expect(channelOf(world, 'Support line')).toMatchObject({
      settings: { dmPolicy: 'allowlist', allowFrom: ['4211', '9912'] },
      secrets: [{ field: 'bot-token' }],
    });
    await page.getByRole('button', { name: 'Give it to bots…' }).click();
    await dialog.getByLabel('For').selectOption('the bots with some labels');
    await dialog.getByText('attach Support line to one bot by name').first().waitFor();
    await dialog.getByLabel('For').selectOption('one bot');
    await dialog.getByLabel('Bot', { exact: true }).selectOption('concierge');
    await dialog.getByRole('button', { name: 'Give it to them' }).click();
    await page.getByRole('list', { name: 'Attached to' }).getByRole('link', { name: 'concierge' }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('of Slack take a secret that is kept in the place of a token', async () => {
    const world = worldWithChannels();
    const { page, leave } = await visit(world);
    await page.goto('/connectors/channels?open=new');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Slack/ }).check();
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByLabel('Name').fill('Second helpdesk');
    await dialog.getByRole('button', { name: 'Use a secret that is kept as the bot token' }).click();
    await dialog.getByLabel('Bot token').selectOption('Slack bot token');
    await dialog.getByLabel('App-level token').fill('xapp-1-A012345678');
    await dialog.getByRole('button', { name: 'Continue' }).click();
    await dialog.getByRole('button', { name: 'Test and save' }).click();
    await page.getByRole('link', { name: 'Slack bot token' }).waitFor();
    expect(channelOf(world, 'Second helpdesk')?.secrets.map(({ name }) => name)).toEqual([
      'Slack bot token',
      'Second helpdesk app-token',
    ]);
    await leave();
  });

  test('are changed, differ for a bot, are taken away and deleted', async () => {
    const world = worldWithChannels();
    const { page, faults, leave } = await visit(world);
    await page.goto('/connectors/channels');
    await openChannel('Community')(page);
    const inUse = page.getByRole('button', { name: /^Delete…/ });
    expect(await inUse.getAttribute('title')).toContain('take it away from its bots first');
    await page.getByRole('button', { name: 'Differ… concierge' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Where it answers among many').selectOption('wherever it is a member');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Answers among many: wherever it is a member').waitFor();
    await page.getByLabel('Who may write to it alone').selectOption('nobody');
    await page.getByRole('button', { name: 'Save the rules' }).click();
    await expect.poll(() => channelOf(world, 'Community')?.settings.dmPolicy).toBe('disabled');
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('Answered in 0.2 s').waitFor();
    await page.getByRole('button', { name: 'Take away from concierge' }).click();
    await page.getByRole('button', { name: 'Take away from researcher' }).click();
    await page.getByText('No bot has it yet').waitFor();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => channelOf(world, 'Community')).toBeUndefined();
    expect(faults).toEqual([]);
    await leave();
  });

  test('one that is being deleted is not asked for again, though the stream tells of it before the answer comes', async () => {
    const world = worldWithChannels();
    const { page, faults, leave } = await visit(world);
    for (const channel of world.channels) channel.attachments = [];
    await page.goto('/connectors/channels');
    await openChannel('Community')(page);
    const path = `/channels/${channelOf(world, 'Community')?.id}`;
    const asked: string[] = [];
    await page.getByRole('button', { name: 'Delete…' }).waitFor();
    await page.route(`**${path}`, async (route) => {
      asked.push(route.request().method());
      const response = await route.fetch();
      // Longer than the stream and what it sets going take.
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.fulfill({ response });
    });
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Delete…' }).click();
    await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByText('Community was deleted.').waitFor();
    await page.getByRole('link', { name: 'Community' }).waitFor({ state: 'detached' });
    await page.waitForTimeout(300);
    expect([asked, faults]).toEqual([['DELETE'], []]);
    await leave();
  });

  test('of a bot say how each is, and who wrote is let in or turned away', async () => {
    const world = worldWithChannels();
    const concierge = botOf(world, 'concierge');
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${concierge?.id}?tab=channels`);
    const row = (name: string) =>
      page.getByRole('list', { name: 'Channels of the bot' }).getByRole('listitem').filter({ hasText: name });
    await row('Community').getByText('Not connected', { exact: true }).waitFor();
    await row('Support line').getByText('Connected', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Look now' }).click();
    await page.getByText('The bot looked at its channels').waitFor();
    await page.getByRole('button', { name: 'Let in Grace' }).click();
    await page.getByText('Grace may write to concierge now').waitFor();
    await page.getByRole('button', { name: 'Turn away 9912' }).click();
    await page.getByText('Nobody waits').waitFor();
    await page.getByRole('button', { name: 'Take away Helpdesk' }).click();
    await row('Helpdesk').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Give it a channel…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByRole('radio', { name: /^Community/ }).isDisabled()).toBe(true);
    await dialog.getByRole('radio', { name: /^Helpdesk/ }).check();
    await dialog.getByRole('button', { name: 'Give it to the bot' }).click();
    await row('Helpdesk').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('of WhatsApp are linked by a code that is replaced in time, and unlinked', async () => {
    const world = worldWithChannels({ stepMs: 700 });
    const asked = { botId: botOf(world, 'concierge')?.id ?? '', channelId: channelOf(world, 'Orders')?.id ?? '' };
    const link = linkOf(world, asked);
    const { page, faults, leave } = await visit(world);
    await page.goto(`/bots/${asked.botId}?tab=channels`);
    const dialog = page.getByRole('dialog');
    const open = page.getByRole('button', { name: 'Link by phone…' });
    await open.click();
    await dialog.getByText('WhatsApp cannot be reached from the bot').waitFor();
    link.codes.push(code, `${code}#2`);
    await dialog.getByRole('button', { name: 'Get another code' }).click();
    await dialog.getByRole('img', { name: 'Code to scan with WhatsApp' }).waitFor();
    await dialog.getByText('The code before has ended').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => open.evaluate((button) => button === document.activeElement)).toBe(true);
    link.codes = [`${code}#3`, `${code}#4`];
    link.scanned = true;
    await open.click();
    await dialog.getByText('Linked as +49 170 0000000').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'Unlink' }).click();
    await page.getByText('The phone is unlinked').waitFor();
    await page.getByText('Not linked', { exact: true }).waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('are given to a new bot from the start; one that cannot be is told, and the bot stays', async () => {
    const world = worldWithChannels();
    const { page, leave } = await visit(world);
    await page.goto('/bots/new?step=model');
    expect(await page.getByRole('checkbox', { name: /^Support line/ }).isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /^Community/ }).check();
    await page.getByRole('checkbox', { name: /^Orders/ }).check();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByLabel('Name').fill('newcomer');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Community, Orders').waitFor();
    world.channels = world.channels.filter(({ name }) => name !== 'Orders');
    await page.getByRole('button', { name: 'Create the bot' }).click();
    await page.getByText('newcomer is there, but without one channel').waitFor();
    const newcomer = botOf(world, 'newcomer');
    expect(newcomer).toBeDefined();
    expect(channelOf(world, 'Community')?.attachments.some(({ botId }) => botId === newcomer?.id)).toBe(true);
    await leave();
  });
});
