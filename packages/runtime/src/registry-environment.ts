/** Settings npm reads from its environment and pnpm 12 only under its own name. */
const shared = [
  'registry',
  'proxy',
  'https_proxy',
  'noproxy',
  'cafile',
  'ca',
  'cert',
  'key',
  'strict_ssl',
  'userconfig',
];

/** The environment in which pnpm obeys the registry, proxy and certificate settings made for npm. */
export function registryEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const result = { ...environment };
  for (const name of shared) {
    const value = environment[`npm_config_${name}`] ?? environment[`NPM_CONFIG_${name.toUpperCase()}`];
    if (value !== undefined) result[`pnpm_config_${name}`] ??= value;
  }
  return result;
}
