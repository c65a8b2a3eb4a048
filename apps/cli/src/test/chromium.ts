import { aptInstall, firstThere } from './apt-get.ts';
import type { Place } from './run-checks.ts';

/** Chromium without windows, its pages took a quarter less of a processor; then what has windows. */
const kinds = [
  { name: 'chromium-headless-shell', places: ['/usr/bin/chromium-headless-shell'] },
  {
    name: 'chromium',
    places: [
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
      '/usr/bin/google-chrome',
      '/snap/bin/chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
  },
];

/** Makes sure the tests have a browser: finds one, or installs Debian's when it may; else says what to do. */
export async function bringChromium(place: Place): Promise<boolean> {
  const { world, out } = place;
  const named = world.env['CLAWSTER_CHROMIUM'];
  const found = await (named ? firstThere([named]) : quickest(place));
  if (found) world.env['CLAWSTER_CHROMIUM'] = found;
  else
    out.note(
      'These tests need Chromium. Install it (Debian: apt-get install chromium-headless-shell), or name yours in CLAWSTER_CHROMIUM.',
    );
  return found !== undefined;
}

/** Of each kind in turn: what is there, or what can be installed. */
async function quickest(place: Place): Promise<string | undefined> {
  for (const { name, places } of kinds) {
    const found =
      (await firstThere(places)) ?? ((await aptInstall(place, [name])) ? await firstThere(places) : undefined);
    if (found) return found;
  }
  return undefined;
}
