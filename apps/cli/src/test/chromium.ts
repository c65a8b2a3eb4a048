import { aptInstall, firstThere } from './apt-get.ts';
import type { Place } from './run-checks.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Makes sure the tests have a browser: finds one, or installs Debian's when it may; else says what to do. */
export async function bringChromium(place: Place): Promise<boolean> {
  const { world, out } = place;
  const named = world.env['CLAWSTER_CHROMIUM'];
  const found = await firstThere(named ? [named] : places);
  if (found) {
    world.env['CLAWSTER_CHROMIUM'] = found;
    return true;
  }
  if (!named && (await aptInstall(place, ['chromium']))) {
    const installed = await firstThere(places);
    if (installed) world.env['CLAWSTER_CHROMIUM'] = installed;
    if (installed) return true;
  }
  out.note(
    'These tests need Chromium. Install it (Debian: apt-get install chromium), or name yours in CLAWSTER_CHROMIUM.',
  );
  return false;
}
