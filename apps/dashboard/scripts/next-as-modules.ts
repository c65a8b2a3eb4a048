import { readFile } from 'node:fs/promises';

type Loading = { resourcePath: string; addDependency: (path: string) => void };

/**
 * A loader: in the place of a file of Next's that is CommonJS stands the same one as an ES module, which the package
 * brings too (`next/dist/esm`). What is used by nobody falls away then, and what stays needs no wrapper.
 */
export default function nextAsModules(this: Loading): Promise<string> {
  const twin = this.resourcePath.replace('/next/dist/', '/next/dist/esm/');
  this.addDependency(twin);
  return readFile(twin, 'utf8');
}
