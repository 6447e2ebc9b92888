import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../base/issues.ts';
import { fileError } from './fileSource.ts';

/**
 * The files that a name in quotes stands for, in the order of their names. `*` and `?` in its last part only; a name
 * without them stands for itself. Throws InputError where nothing matches.
 *
 *     'before/*.jsonl'   →   before/a.jsonl, before/b.jsonl
 */
export async function expandGlob(name: string): Promise<string[]> {
  const last = basename(name);
  if (!/[*?]/.test(name)) return [name];
  if (/[*?]/.test(dirname(name))) throw new InputError(`${name}: * and ? may stand in the last part of a name only`);
  const pattern = last
    .split('')
    .map((letter) => (letter === '*' ? '.*' : letter === '?' ? '.' : letter.replace(/[\\^$.|+()[\]{}]/, '\\$&')))
    .join('');
  const matches = new RegExp(`^${pattern.replace(/(\.\*)+/g, '.*')}$`, 's');
  const folder = dirname(name);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw fileError(error, `cannot read ${folder}`);
  });
  const files = entries
    .filter((entry) => !entry.isDirectory() && matches.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => (folder === '.' && !name.startsWith('.') ? entry.name : join(folder, entry.name)));
  if (files.length === 0) throw new InputError(`no file matches ${name}`);
  return files.toSorted();
}
