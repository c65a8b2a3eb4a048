const secrets = new Set<string>();

/** From here on this value appears in no log and no message of this process. Short values are left out: masking them would garble text. */
export function keepSecret(value: string): void {
  if (value.length >= 8) secrets.add(value);
}

/** The text with every known secret, and whatever looks like a bearer token, blotted out. */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const secret of secrets) masked = masked.replaceAll(secret, '[secret]');
  return masked.replaceAll(/\b(Bearer\s+|sk-(?:ant-)?)[\w.~+/-]{8,}=*/g, '$1[secret]');
}
