import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { invitationToken, makeInvitation, somePeople } from './support/person-handlers.ts';
import { makeWorld, password, threeBots, totpCode } from './support/world.ts';

describe('people', () => {
  const visit = dashboardInBrowser();

  test('are invited by a link that is shown once, and revoked', async () => {
    const world = makeWorld([], { people: somePeople() });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=people');
    await page.getByText('Grace Hopper').waitFor();
    await page.getByRole('button', { name: 'Invite someone' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('E-mail').fill('grace@example.com');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await dialog.getByText('Grace Hopper is a member already').waitFor();
    await dialog.getByLabel('E-mail').fill('katherine@example.com');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await dialog.getByText(`#token=${invitationToken}`).waitFor();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    const invitations = page.getByRole('region', { name: 'Invitations' });
    await invitations.getByText('katherine@example.com').waitFor();
    expect(await page.content()).not.toContain(invitationToken);
    await invitations.getByRole('button', { name: 'Revoke' }).click();
    await expect.poll(() => world.invitations).toEqual([]);
    expect(faults.filter((fault) => !fault.includes('409'))).toEqual([]);
    await leave();
  });

  test('come in by their link, whose token stays in no address', async () => {
    const world = makeWorld(threeBots(), {
      signedIn: false,
      invitations: [makeInvitation('katherine@example.com', 'operator')],
    });
    const { page, faults, leave } = await visit(world);
    await page.goto(`/invite#token=${invitationToken}`);
    await page.getByRole('heading', { name: 'Join Analytical Engines' }).waitFor();
    expect(page.url()).not.toContain(invitationToken);
    await page.getByLabel('Your name').fill('Katherine Johnson');
    await page.getByLabel('Passphrase').fill(password);
    await page.getByRole('button', { name: 'Accept and make the account' }).click();
    await page.getByText('port 41021 is taken').waitFor();
    expect(world.people.at(-1)).toMatchObject({ name: 'Katherine Johnson', role: 'operator' });
    expect(faults).toEqual([]);
    await leave();
  });

  test('get another role, are disabled and enabled, and removed after their address was typed', async () => {
    const world = makeWorld([], { people: somePeople() });
    const grace = () => world.people.find(({ name }) => name === 'Grace Hopper');
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=people');
    const row = page.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Grace Hopper' });
    const choose = async (name: RegExp) => {
      await row.getByRole('button', { name: 'Manage' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await choose(/^Change the role/);
    await page.getByRole('radio', { name: /^operator/ }).check();
    await page.getByRole('button', { name: 'Change the role', exact: true }).click();
    await expect.poll(() => grace()?.role).toBe('operator');
    await choose(/^Disable/);
    await page.getByText('2 API keys they made').waitFor();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await row.getByText('disabled').waitFor();
    await choose(/^Enable/);
    await expect.poll(() => grace()?.disabledAt).toBeUndefined();
    await choose(/^Remove/);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Remove' }).click({ force: true });
    expect(grace()).toBeDefined();
    await dialog.getByLabel('Type grace@example.com to confirm').fill('grace@example.com');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect.poll(grace).toBeUndefined();
    expect(faults).toEqual([]);
    await leave();
  });

  test('change their own name, address and passphrase, and remove their account', async () => {
    const world = makeWorld([], { people: somePeople() });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings');
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada King');
    await page.getByRole('button', { name: 'Change the name' }).click();
    await expect.poll(() => world.ownName).toBe('Ada King');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.org');
    await page.getByLabel('Your passphrase', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Change the e-mail' }).click();
    await page.getByText('This is not your passphrase').waitFor();
    await page.getByLabel('Your passphrase', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Change the e-mail' }).click();
    await expect.poll(() => world.ownEmail).toBe('ada@example.org');
    await page.getByLabel('Your passphrase now').fill(password);
    await page.getByLabel('A new one').fill('granite violin harbour seven');
    await page.getByRole('button', { name: 'Change the passphrase' }).click();
    await expect.poll(() => world.password).toBe('granite violin harbour seven');
    await page.getByRole('button', { name: 'Remove my account…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your passphrase').fill(world.password);
    await dialog.getByRole('button', { name: 'Remove my account' }).click();
    await dialog.getByText('This is the last owner').waitFor();
    const [, annie] = world.people;
    if (annie) annie.role = 'owner';
    await dialog.getByRole('button', { name: 'Remove my account' }).click();
    await page.waitForURL(/sign-in/);
    expect(faults.filter((fault) => !/ (400|401|422) /.test(fault))).toEqual([]);
    await leave();
  });

  test('add an authenticator app, and sign in with it or with a recovery code', async () => {
    const world = makeWorld();
    const { page, leave } = await visit(world);
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Add an authenticator app…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Your passphrase').fill(password);
    await page.keyboard.press('Enter');
    await dialog.getByRole('img', { name: /^Picture to scan/ }).waitFor();
    await dialog.getByLabel('Code of the app').fill('000000');
    await page.keyboard.press('Enter');
    await dialog.getByText('This code is not right').waitFor();
    await dialog.getByLabel('Code of the app').fill(totpCode);
    await page.keyboard.press('Enter');
    const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect.poll(() => codes.count()).toBe(10);
    const code = (await codes.first().textContent()) ?? '';
    await dialog.getByRole('button', { name: 'I have them' }).click();
    await page.getByText('10 recovery codes are left').waitFor();
    expect(await page.content()).not.toContain(code);

    for (const factor of ['app', 'recovery code']) {
      await page.goto('/sign-in?next=/settings');
      world.signedIn = false;
      await page.getByLabel('E-mail').fill('ada@example.com');
      await page.getByLabel('Passphrase').fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'One more step' }).waitFor();
      await page.getByLabel('Code').fill('000000');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByText('This code is not right').waitFor();
      if (factor === 'recovery code') await page.getByRole('button', { name: 'Use a recovery code' }).click();
      await page.getByLabel(factor === 'app' ? 'Code' : 'Recovery code').fill(factor === 'app' ? totpCode : code);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
    }
    await page.getByText('9 recovery codes are left').waitFor();
    await page.getByRole('button', { name: 'Remove…' }).click();
    await dialog.getByLabel('Your passphrase').fill(password);
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await page.getByText('Your passphrase alone lets you in. With').waitFor();
    await leave();
  });

  test('who may not manage people see who is there and no more', async () => {
    const world = makeWorld([], {
      role: 'viewer',
      people: somePeople(),
      invitations: [makeInvitation('a@b.c', 'viewer')],
    });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=people');
    await page.getByText('Grace Hopper').waitFor();
    expect(await page.getByRole('button', { name: 'Invite someone' }).getAttribute('aria-disabled')).toBe('true');
    expect(await page.getByText('a@b.c').count()).toBe(0);
    expect(faults).toEqual([]);
    await leave();
  });
});
