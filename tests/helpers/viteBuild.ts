import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/**
 * Makes one of the builds of vite.config.ts once for a test file, into a folder that goes when it ends; what a build
 * writes beside its folder goes with it. In a process of its own, because this one has told React and the bundler that
 * it is testing.
 */
export function useViteBuild(mode: 'cli' | 'bench'): { readonly folder: () => string } {
  let root = '';
  let folder = '';
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), `hopline-${mode}-`));
    folder = join(root, mode);
    const { NODE_ENV: _, ...env } = process.env;
    const options = ['build', '--mode', mode, '--logLevel', 'error', '--outDir', folder, '--emptyOutDir'];
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', ...options], { env });
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return { folder: () => folder };
}
