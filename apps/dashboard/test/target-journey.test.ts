import { describe, expect, test } from 'vitest';
import { dashboardInBrowser } from './support/dashboard-in-browser.ts';
import { machine, rack } from './support/fleet.ts';
import { makeWorld, threeBots } from './support/world.ts';

describe('a place where bots run', () => {
  const visit = dashboardInBrowser();

  test('an engine that does not answer is not added, and says why; one that does is, with what it said', async () => {
    const world = makeWorld(threeBots());
    const { page, faults, leave } = await visit(world, {});
    await page.goto('/targets');
    const add = page.getByRole('button', { name: 'Add a Docker engine' });
    await add.click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Cellar');
    await dialog.getByRole('textbox', { name: 'Socket' }).fill('/nowhere/docker.sock');
    await dialog.getByRole('button', { name: 'Ask it and add it' }).click();
    await dialog.getByText('The engine does not answer: connect ENOENT /nowhere/docker.sock').waitFor();
    await dialog.getByRole('textbox', { name: 'Socket' }).fill('/var/run/docker.sock');
    await dialog.getByRole('button', { name: 'Ask it and add it' }).click();
    await page.getByText(/^Cellar answers: Docker 20\.10\.24/).waitFor();
    await page.getByRole('main').getByText('room for 9 more').waitFor();
    await expect.poll(() => add.evaluate((button) => button === document.activeElement)).toBe(true);
    // What the browser logs of the refusal is no fault of the page.
    expect(faults.filter((fault) => !fault.includes('/targets') && !fault.includes('status of'))).toEqual([]);
    await leave();
  });

  test('a Swarm is asked for the image its nodes pull and its bots’ way home, and added with what it said', async () => {
    const world = makeWorld(threeBots());
    const { page, leave } = await visit(world, {});
    await page.goto('/targets');
    await page.getByRole('button', { name: 'Add a Docker engine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A Docker Swarm').click();
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Herd');
    await dialog.getByRole('button', { name: /Say where its bots reach Clawster/ }).waitFor();
    await dialog.getByRole('textbox', { name: 'Where its bots reach Clawster' }).fill('https://clawster.example.com');
    await dialog.getByRole('button', { name: /Name the image its nodes pull/ }).waitFor();
    await dialog.getByRole('textbox', { name: 'Bot image' }).fill(`registry.example.com/bot@sha256:${'a1'.repeat(32)}`);
    expect(await dialog.getByRole('textbox', { name: 'Base image' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Ask it and add it' }).click();
    await page.getByText(/^Herd answers/).waitFor();
    await page
      .getByRole('main')
      .getByText(/Services of a Docker Swarm/)
      .waitFor();
    expect(world.targets.at(-1)).toMatchObject({ name: 'Herd', kind: 'docker-swarm' });
    await leave();
  });

  test('an engine elsewhere is asked for all that reaching it takes, and nothing else', async () => {
    const { page, leave } = await visit(makeWorld(threeBots()), {});
    await page.goto('/targets');
    await page.getByRole('button', { name: 'Add a Docker engine' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Rack');
    await dialog.getByText('On another machine, by SSH').click();
    await dialog.getByRole('textbox', { name: 'Machine' }).fill('engine.example.com');
    await dialog.getByRole('textbox', { name: 'Private key' }).fill('-----BEGIN OPENSSH PRIVATE KEY-----');
    await dialog.getByRole('button', { name: /Say as which user/ }).waitFor();
    await dialog.getByRole('textbox', { name: 'User' }).fill('deploy');
    await dialog.getByRole('textbox', { name: 'Fingerprint of its key' }).fill('SHA256:abc');
    await dialog.getByRole('button', { name: /Say where its bots reach Clawster/ }).waitFor();
    expect(await dialog.getByRole('textbox', { name: 'Socket' }).count()).toBe(0);
    await leave();
  });

  test('a bot that nobody knows is adopted, or destroyed after its name was typed; one of another Clawster asks for its id', async () => {
    const world = makeWorld(threeBots(), { targets: [machine, rack] });
    const { page, faults, leave } = await visit(world, {});
    await page.goto('/targets');
    await page.getByText('1 bot here of another Clawster').click();
    await page.getByRole('button', { name: 'Destroy scribe' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('scribe');
    await dialog.getByRole('button', { name: /Type the id first/ }).waitFor();
    await dialog.getByRole('textbox').fill(world.orphans[1]?.installation ?? '');
    await dialog.getByRole('button', { name: 'Destroy' }).click();
    await page.getByText('scribe is being destroyed, with its state.').waitFor();
    await page.getByRole('button', { name: /^Adopt scribe/ }).waitFor();
    await page.getByText('1 bot here that this Clawster does not know').click();
    const adopt = page.getByRole('button', { name: 'Adopt stray' });
    await adopt.click();
    await page.keyboard.press('Escape');
    await expect.poll(() => adopt.evaluate((button) => button === document.activeElement)).toBe(true);
    await adopt.click();
    await dialog.getByRole('button', { name: 'Adopt' }).click();
    await page.getByText('stray is yours.').waitFor();
    await page.waitForURL(/\/bots\//);
    expect(world.bots.map(({ name }) => name)).toContain('stray');
    expect(faults).toEqual([]);
    await leave();
  });
});
