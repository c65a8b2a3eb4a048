/** Whether the whole text is as the pattern says, `*` standing for any characters, in whatever case; it never looks back further than one piece of the pattern. */
export function fitsGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const all = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return all === first;
  if (!all.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = all.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length;
  }
  return all.length - last.length >= at && all.endsWith(last);
}
