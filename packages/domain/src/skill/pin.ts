/** How a layer names a version of a skill: `triage@sha256:…`. */
export function pinOf({ name, digest }: { name: string; digest: string }): string {
  return `${name}@${digest}`;
}

/** The name in `triage@sha256:…`. */
export function skillName(pin: string): string {
  return pin.split('@', 1)[0] ?? pin;
}

/** Name and digest of `triage@sha256:…`. */
export function partsOf(pin: string): { name: string; digest: string } {
  const name = skillName(pin);
  return { name, digest: pin.slice(name.length + 1) };
}
