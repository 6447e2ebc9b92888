import { dirname, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { compileKernel, kernelSources } from './compileKernel.ts';

const QUERY = '?kernel';

/**
 * `import { wasm } from './assembly/index.ts?kernel'` gives the WebAssembly module of that folder as base64, inside the
 * JavaScript: so it comes the same way into the page, its workers, the command line, the benchmark and the tests, under
 * any policy that lets scripts run, and without a request. HOPLINE_KERNEL=debug makes one to step through.
 */
export function kernel(): Plugin {
  return {
    name: 'hopline:kernel',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(QUERY)) return null;
      const folder = dirname(id);
      for (const path of kernelSources(folder)) this.addWatchFile(resolve(path));
      const wasm = await compileKernel(folder, { isDebug: process.env['HOPLINE_KERNEL'] === 'debug' });
      return { code: `export const wasm = '${Buffer.from(wasm).toString('base64')}';`, moduleType: 'js', map: null };
    },
  };
}
