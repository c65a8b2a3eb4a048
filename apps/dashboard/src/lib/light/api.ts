import lines from './routes.json' with { type: 'json' };

/**
 * Stands in for the contract's `api` in the built dashboard (next.config.ts), where the server has checked
 * every answer already: calls need methods and paths, and the schemas would outweigh all our own code.
 * Forms import the schemas they validate with directly.
 */
export const api: Record<string, Record<string, object>> = {};
for (const [noun, verbs] of Object.entries<Record<string, string>>(lines)) {
  api[noun] = {};
  for (const verb in verbs) {
    const [path, method = 'POST', kind] = verbs[verb]?.split(' ') ?? [];
    api[noun][verb] = kind ? { method, path, [kind]: true } : { method, path };
  }
}
export const apiPrefix = '/api/v1';
