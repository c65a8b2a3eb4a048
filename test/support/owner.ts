import { type Client, createClient } from '@clawster/client/client';
import type { Page } from 'playwright-core';
import type { Installation } from './installation.ts';

const passphrase = 'correct horse battery staple';
const email = 'ada@example.com';

/** Makes the owner's account by the link that was printed, with a key for all that an owner may. */
export async function signUp(installation: Installation): Promise<Client> {
  const who = ['--email', email, '--name', 'Ada', '--password-stdin'];
  await installation.cli(['login', '--setup-token', installation.setupUrl, ...who], { stdin: `${passphrase}\n` });
  const { stdout } = await installation.cli(['api-key', 'create', 'Test', '--role', 'owner', '--json']);
  const { value } = JSON.parse(stdout) as { value: string };
  return createClient({ baseUrl: installation.url, apiKey: value });
}

/** Signs the owner in in a browser, and returns once Home is there. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Passphrase').fill(passphrase);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL('**/');
}
