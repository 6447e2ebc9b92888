import { resolve } from 'node:path';

/** Set to test another build than the one in dist/. */
const DIST = process.env['HOPLINE_DIST'] ?? 'dist';

const ROOT = resolve(import.meta.dirname, '../..');
export const COMMAND_LINE = resolve(ROOT, DIST, 'cli/hopline.mjs');
/** The built page's folder. */
export const APP = resolve(ROOT, DIST, 'app');
/** Set the port to run beside another run. */
export const PAGE = `http://127.0.0.1:${process.env['HOPLINE_PORT'] ?? 4387}/`;

export function fixture(name: string): string {
  return resolve(ROOT, 'fixtures', name);
}

/** Files from public repositories; only where they lie beside the repository. */
export const SHARED_DATA = resolve(ROOT, '../shared/data');
