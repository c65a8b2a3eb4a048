/** The shapes in which a secret may lie about. */
export function shapesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // Inside a longer text its base64 begins at one of three places; the edges depend on what stands beside it.
  const inBase64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .slice(shift === 0 ? 0 : 4, -4),
  );
  return [...new Set([secret, encodeURIComponent(secret), bytes.toString('hex'), ...inBase64])];
}

/** R10: no secret in what was written or told. `texts` by where they were found. */
export function leakedSecrets(texts: ReadonlyMap<string, string>, secrets: string[]): string[] {
  return [...texts].flatMap(([place, text]) =>
    secrets.flatMap((secret, index) =>
      shapesOf(secret).some((shape) => text.includes(shape)) ? [`secret ${index + 1} lies in ${place}`] : [],
    ),
  );
}
