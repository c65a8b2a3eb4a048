import type { World } from './world.ts';

/** Opens a page where there is a screen to show it; a browser that does not start is no failure. */
export async function openInBrowser(url: string, world: World): Promise<boolean> {
  if (process.platform === 'linux' && !world.env['DISPLAY'] && !world.env['WAYLAND_DISPLAY']) return false;
  const { default: open } = await import('open');
  return open(url).then(
    () => true,
    () => false,
  );
}
