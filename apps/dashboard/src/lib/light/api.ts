import api from './routes.json' with { type: 'json' };

/**
 * Stands in for the contract's `api` in the built dashboard (next.config.ts), where the server has checked
 * every answer already: calls need methods and paths, and the schemas would outweigh all our own code.
 * Forms import the schemas they validate with directly.
 */
export { api };
export const apiPrefix = '/api/v1';
