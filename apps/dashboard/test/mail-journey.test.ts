import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { someMailServer } from './support/mail-handlers.ts';
import { makeInvitation } from './support/person-handlers.ts';
import { ago } from './support/fleet.ts';
import { makeWorld } from './support/world.ts';

describe('mail', () => {
  const visit = dashboardInBrowser();

  test('without a server is no way to invite, and one reads why', async () => {
    const { page, leave } = await visit(makeWorld());
    await page.goto('/settings?section=people');
    await page.getByRole('button', { name: 'Invite someone' }).click();
    await page.getByText('There is no mail server yet').waitFor();
    expect(await page.getByRole('radio', { name: /^Clawster mails it/ }).isDisabled()).toBe(true);
    await leave();
  });

  test('is set up, tested, and takes an invitation whose link nobody sees', async () => {
    const world = makeWorld();
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=mail');
    await page.getByLabel('Host').fill('smtp.acme.example');
    await page.getByLabel('User').fill('clawster');
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByLabel('From, address').fill('clawster@acme.example');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('refused user and password').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('right');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByRole('button', { name: 'Send me a test mail' }).click();
    await page.getByText('took the mail to ada@example.com').waitFor();
    expect(world.mailServer).toMatchObject({ port: 587, security: 'starttls', user: 'clawster' });
    await page.goto('/settings?section=people');
    await page.getByRole('button', { name: 'Invite someone' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('katherine@example.com');
    await dialog.getByRole('radio', { name: /^Clawster mails it/ }).check();
    await dialog.getByRole('button', { name: 'Send the invitation' }).click();
    await page.getByRole('region', { name: 'Invitations' }).getByText('The mail is on its way').waitFor();
    expect(faults.filter((fault) => !/ 400 /.test(fault))).toEqual([]);
    await leave();
  });

  test('says what became of each invitation', async () => {
    const invitations = [
      { ...makeInvitation('sent@example.com', 'viewer'), mail: { state: 'sent' as const, at: ago(60) } },
      {
        ...makeInvitation('failing@example.com', 'viewer'),
        mail: { state: 'failing' as const, reason: 'smtp.acme.example refuses connections', nextTryAt: ago(-120) },
      },
      {
        ...makeInvitation('failed@example.com', 'viewer'),
        mail: { state: 'failed' as const, reason: 'smtp.acme.example refused the recipient (550)' },
      },
    ];
    const { page, leave } = await visit(makeWorld([], { invitations, mailServer: someMailServer() }));
    await page.goto('/settings?section=people');
    const list = page.getByRole('region', { name: 'Invitations' });
    const row = (email: string) => list.getByRole('listitem').filter({ hasText: email });
    await row('sent@example.com').getByText('Mailed').waitFor();
    await row('failing@example.com').getByText('Tried again').waitFor();
    await row('failed@example.com').getByText('It is tried no more').waitFor();
    await leave();
  });
});
