const longest = 40;

/** The name one would give to the next of its kind: `researcher-2` after `researcher`. */
export function nextName(name: string): string {
  const [, stem = name, number] = /^(.*?)(?:-(\d+))?$/.exec(name) ?? [];
  const ending = `-${Number(number ?? 1) + 1}`;
  return stem.slice(0, longest - ending.length).replace(/-+$/, '') + ending;
}
