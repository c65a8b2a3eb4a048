import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { redirectUrl, someProvider } from './support/sso-handlers.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('single sign-on', () => {
  const visit = dashboardInBrowser();

  test('is set up with groups and roles, changed without the secret, tested and removed', async () => {
    const world = makeWorld();
    const { page, faults, leave } = await visit(world);
    await page.goto('/settings?section=sso');
    await page.getByText(redirectUrl).waitFor();
    await page.getByLabel('Name').fill('Acme');
    await page.getByLabel('Issuer').fill('https://login.acme.example');
    await page.getByLabel('Client id').fill('clawster');
    await page.getByLabel('Client secret').fill('wrong');
    await page.getByLabel('E-mail domains').fill('acme.example, acme.org');
    await page.getByRole('button', { name: 'Add a group' }).click();
    await page.getByLabel('Group 1', { exact: true }).fill('platform');
    await page.getByLabel('Role of group 1').selectOption('admin');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await page.getByText('does not know this client id').waitFor();
    await page.getByLabel('Client secret').fill('right');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect
      .poll(() => world.identityProvider)
      .toMatchObject({
        name: 'Acme',
        scopes: ['openid', 'email', 'profile'],
        groupRoles: [{ group: 'platform', role: 'admin' }],
        emailDomains: ['acme.example', 'acme.org'],
      });
    expect(world.identityProvider?.defaultRole).toBeUndefined();
    await page.getByRole('button', { name: 'Remove…' }).waitFor();
    await page.getByLabel('Everyone else').selectOption('viewer');
    await page.getByRole('button', { name: 'Test and save' }).click();
    await expect.poll(() => world.identityProvider?.defaultRole).toBe('viewer');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await page.getByText('knows our client id and secret').waitFor();
    await page.getByRole('button', { name: 'Remove…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
    await expect.poll(() => world.identityProvider).toBeUndefined();
    expect(faults.filter((fault) => !/ 400 /.test(fault))).toEqual([]);
    await leave();
  });

  test('leads from the sign-in page to where one wanted to go, and its code stays in no address', async () => {
    const world = makeWorld(threeBots(), { signedIn: false, identityProvider: someProvider() });
    const { page, faults, leave } = await visit(world);
    await page.goto('/sign-in?next=/settings');
    await page.getByRole('button', { name: 'Sign in with Acme' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(page.url()).not.toContain('code');
    expect(faults).toEqual([]);
    await leave();
  });

  test('says why somebody was not let in, and leads back', async () => {
    const world = makeWorld([], { signedIn: false, identityProvider: someProvider(), providerRefuses: true });
    const { page, leave } = await visit(world);
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Acme' }).click();
    await page.getByText('none of the groups').waitFor();
    expect(page.url()).not.toContain('code');
    await page.getByRole('link', { name: 'Back to the sign-in page' }).click();
    await page.getByRole('heading', { name: 'Sign in to Clawster' }).waitFor();
    await leave();
  });

  test('without a provider the sign-in page shows none', async () => {
    const { page, leave } = await visit(makeWorld([], { signedIn: false }));
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    const offers = page.getByRole('button', { name: /^Sign in with (?!a passkey)/ });
    expect(await offers.count()).toBe(0);
    await leave();
  });

  test('is shown to nobody who may not manage people', async () => {
    const { page, leave } = await visit(makeWorld([], { role: 'operator', identityProvider: someProvider() }));
    await page.goto('/settings?section=sso');
    await page.getByText('does not include this').waitFor();
    expect(await page.getByText('login.acme.example').count()).toBe(0);
    await leave();
  });
});
