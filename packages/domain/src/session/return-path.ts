const home = '/';
/** Any origin will do: what counts is whether a path stays on it. */
const here = 'https://clawster.invalid';

/** Where to go after signing in: a page of the dashboard, never another origin nor the API. */
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, here)) return home;
  // Browsers drop tabs and line ends and read a backslash as a slash; what they make of it is what is judged.
  const { origin, pathname, search, hash } = new URL(wanted, here);
  if (origin !== here || pathname.startsWith('//') || /^\/(api|internal)(\/|$)/.test(pathname)) return home;
  return pathname + search + hash;
}
