import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { directoryToken, scimBaseUrl, someDirectory, someGroups } from './support/directory-handlers.ts';
import { ago } from './support/fleet.ts';
import { somePeople } from './support/person-handlers.ts';
import { someProvider } from './support/sso-handlers.ts';
import { makeWorld } from './support/world.ts';

describe('a directory', () => {
  const visit = dashboardInBrowser();

  test('is connected once single sign-on is there, its token shown once, rotated and removed by its name', async () => {
    const world = makeWorld([], { identityProvider: someProvider() });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=sso');
    await page.getByText(scimBaseUrl).waitFor();
    await page.getByRole('button', { name: 'Connect a directory…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
    await dialog.getByText('Name it as people know it').waitFor();
    await dialog.getByLabel('Name of the directory').fill('Okta');
    await page.keyboard.press('Enter');
    await dialog.getByText(directoryToken).waitFor();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('not used yet').waitFor();
    await page.getByText('It has sent no group yet').waitFor();
    expect(await page.getByText(directoryToken).count()).toBe(0);
    await page.getByRole('button', { name: 'Rotate the token…' }).click();
    await dialog.getByLabel(/stays good/).fill('200');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await dialog.getByRole('alert').waitFor();
    await dialog.getByLabel(/stays good/).fill('2');
    await dialog.getByRole('button', { name: 'Rotate' }).click();
    await dialog.getByText(directoryToken).waitFor();
    await dialog.getByRole('button', { name: 'I have it' }).click();
    await page.getByText('The one before ends').waitFor();
    await page.getByRole('button', { name: 'Remove directory…' }).click();
    await dialog.getByText('has to be removed here by hand').waitFor();
    expect(await dialog.getByRole('button', { name: 'Remove it' }).getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('textbox').fill('Okta');
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await expect.poll(() => world.directory).toBeUndefined();
    expect(faults).toEqual([]);
    await leave();
  });

  test('shows its groups with the roles they give, and who comes from it', async () => {
    const from = (standing: 'active' | 'inactive') => ({ name: 'Okta', standing, followsGroups: true });
    const [first, second, third] = somePeople();
    if (!first || !second || !third) throw new Error('Three people are needed');
    const people = [
      first,
      { ...second, directory: from('active') },
      { ...third, directory: from('inactive'), disabledAt: ago(60) },
    ];
    const world = makeWorld([], {
      identityProvider: someProvider(),
      directory: someDirectory(),
      directoryGroups: someGroups(),
      people,
    });
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=sso');
    const groups = page.getByRole('region', { name: 'Groups of the directory' });
    await groups.getByText('platform').waitFor();
    await groups.getByText('may do more than who set this up').waitFor();
    expect(await groups.getByText('no role', { exact: true }).count()).toBe(2);
    await page.getByText('41 people let in, 3 not, 1 of them in no group with a role').waitFor();
    await page.goto('/settings?section=people');
    await page.getByText('from Okta').waitFor();
    await page.getByText('deactivated in Okta').waitFor();
    await page.getByRole('listitem').filter({ hasText: second.name }).getByRole('button', { name: 'Manage' }).click();
    await page.getByText('It follows their groups in Okta').waitFor();
    expect(faults).toEqual([]);
    await leave();
  });

  test('waits for single sign-on', async () => {
    const { page, leave } = await visit(makeWorld());
    await page.goto('/settings?section=sso');
    const button = page.getByRole('button', { name: 'Connect a directory…' });
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await leave();
  });
});
