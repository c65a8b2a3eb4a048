import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { makeWorld, password } from './support/world.ts';

describe('passkeys', () => {
  const visit = dashboardInBrowser();

  test('are added, sign in alone or after the passphrase, and are renamed and removed', async () => {
    const world = makeWorld();
    const { page, server, faults, leave } = await visit(world);
    const authenticator = await giveAuthenticator(page);
    const at = (path: string) => `${server.url.replace('127.0.0.1', 'localhost')}${path}`;
    await page.goto(at('/settings'));
    const card = page.getByRole('region', { name: 'Passkeys' });
    await card.getByText('No passkeys').waitFor();
    await card.getByRole('button', { name: 'Add a passkey…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the passkey').fill('Laptop');
    await dialog.getByLabel('Your passphrase').fill('wrong');
    await page.keyboard.press('Enter');
    await dialog.getByText('This is not your passphrase').waitFor();
    await dialog.getByLabel('Your passphrase').fill(password);
    await page.keyboard.press('Enter');
    const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    await expect.poll(() => codes.count()).toBe(10);
    await dialog.getByRole('button', { name: 'I have them' }).click();
    await card.getByText('Laptop').waitFor();
    await card.getByText('never used').waitFor();
    expect(await authenticator.credentials()).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }]);

    await page.goto(at('/sign-in?next=/settings'));
    world.signedIn = false;
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await card.getByText('last used').waitFor();

    await page.goto(at('/sign-in?next=/settings'));
    world.signedIn = false;
    await page.getByLabel('E-mail').fill('ada@example.com');
    await page.getByLabel('Passphrase').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await page.getByLabel('Recovery code').waitFor();
    await page.getByRole('button', { name: 'Use a passkey' }).click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();

    await card.getByRole('button', { name: 'Rename Laptop' }).click();
    await dialog.getByLabel('Name of the passkey').fill('Old laptop');
    await dialog.getByRole('button', { name: 'Rename it' }).click();
    await card.getByText('Old laptop').waitFor();
    await card.getByRole('button', { name: 'Remove Old laptop' }).click();
    await dialog.getByLabel('Your passphrase').fill(password);
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await card.getByText('No passkeys').waitFor();
    await page.getByText('Your passphrase alone lets you in. With').waitFor();
    expect(faults.filter((fault) => !/ (400|401) /.test(fault))).toEqual([]);
    await leave();
  });

  test('one that is not known is refused, and one that is not given is said in plain words', async () => {
    const world = makeWorld([], { signedIn: false });
    const { page, server, leave } = await visit(world);
    const authenticator = await giveAuthenticator(page);
    await page.goto(`${server.url.replace('127.0.0.1', 'localhost')}/sign-in`);
    await authenticator.add('localhost');
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('Clawster does not know this passkey').waitFor();
    await authenticator.refuse();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('No passkey was given, or it took too long. Try again.').waitFor();
    await leave();
  });

  test('at an IP address, where browsers have none, it is said where they work', async () => {
    const { page, leave } = await visit(makeWorld([], { signedIn: false }));
    await page.goto('/sign-in');
    const button = page.getByRole('button', { name: 'Sign in with a passkey' });
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('true');
    await page
      .getByText(/^Passkeys work at no IP address: open Clawster at http:\/\/localhost:\d+ instead\.$/)
      .waitFor();
    await leave();
  });
});

/** An authenticator in the browser, which always knows its owner. */
async function giveAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    credentials: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    /** Gives it a passkey that no server knows. */
    async add(rpId: string) {
      const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
      const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
      const credentialId = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
      const credential = {
        credentialId,
        isResidentCredential: true,
        rpId,
        privateKey: pkcs8,
        userHandle: 'YWRh',
        signCount: 1,
      };
      await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
    /** From now on it does not know who uses it. */
    refuse: () => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false }),
  };
}
