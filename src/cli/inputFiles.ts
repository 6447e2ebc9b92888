import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { formatInteger } from '../base/format.ts';
import { InputError } from '../base/issues.ts';
import { fileError, type Inputs } from './fileSource.ts';

/** A home folder would take minutes to list; nobody's traces lie in more files than this. */
const MOST_FILES = 100_000;
/** What Hopline itself reads and writes beside traces: taken only where it is named. */
const OURS = /(^|\.)hopline\.yaml$|\.svg$/;

/** `filesOf` each of the arguments. */
export async function inputFiles(named: readonly string[]): Promise<Inputs> {
  const files = await Promise.all(named.map(filesOf));
  return { named, files: files.flat() };
}

/**
 * The files that one argument stands for, in the order of their names. Hidden ones are left out, links to folders are
 * not followed. Throws InputError where there is none.
 *
 *     traces.jsonl           →   itself, `-` too, and a file that is really called `*`
 *     traces                 →   every file in the folder and in its folders
 *     'traces/*.jsonl'       →   traces/a.jsonl, traces/b.jsonl
 *     'traces/**\/?.jsonl'    →   those, and traces/2026/05/c.jsonl: ** is any number of folders
 */
export async function filesOf(name: string): Promise<string[]> {
  if (name === '-') return [name];
  if (await isFolder(name)) {
    const files = (await matching(name, ['**', '*'], name)).filter((file) => !OURS.test(basename(file)));
    if (files.length === 0) throw new InputError(`there is no file in the folder ${name}`);
    return files;
  }
  if (!isPattern(name) || (await exists(name))) return [name];
  const parts = name.split('/');
  const first = parts.findIndex(isPattern);
  const folder = parts.slice(0, first).join('/');
  const start = first === 0 ? '.' : folder === '' ? '/' : folder;
  const files = await matching(start, parts.slice(first), name);
  if (files.length === 0) throw new InputError(`no file matches ${name}`);
  return files;
}

async function matching(folder: string, parts: readonly string[], name: string): Promise<string[]> {
  const files = new Set<string>();
  const take = (file: string): void => {
    files.add(file);
    if (files.size > MOST_FILES)
      throw new InputError(`${name} stands for more than ${formatInteger(MOST_FILES)} files: name fewer`);
  };
  await walk(folder, parts, take, (error) => {
    throw fileError(error, `cannot read ${folder}`);
  });
  return [...files].toSorted();
}

/** A folder that cannot be listed is `onUnlisted`; one within it is taken as a file is that cannot be read. */
async function walk(
  folder: string,
  parts: readonly string[],
  take: (file: string) => void,
  onUnlisted: (error: unknown) => void,
): Promise<void> {
  const [part, ...rest] = parts;
  if (part === '**') await walk(folder, rest.length > 0 ? rest : ['*'], take, onUnlisted);
  const matches = part === '**' ? null : matcher(part);
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => onUnlisted(error));
  for (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    const walkOn = (further: readonly string[]): Promise<void> => walk(path, further, take, () => take(path));
    if (matches === null) {
      if (entry.isDirectory() && !entry.name.startsWith('.')) await walkOn(parts);
    } else if (matches(entry.name)) {
      if (rest.length === 0 && !entry.isDirectory() && !(entry.isSymbolicLink() && (await isFolder(path)))) take(path);
      if (rest.length > 0 && entry.isDirectory()) await walkOn(rest);
    }
  }
}

/** Whether a name is meant by one part of a pattern; a hidden one is where the part begins with a dot itself. */
function matcher(part: string): (name: string) => boolean {
  const pattern = part
    .split('')
    .map((letter) => (letter === '*' ? '.*' : letter === '?' ? '.' : letter.replace(/[\\^$.|+()[\]{}]/, '\\$&')))
    .join('');
  const expression = new RegExp(`^${pattern.replace(/(\.\*)+/g, '.*')}$`, 's');
  return (name) => expression.test(name) && (!name.startsWith('.') || part.startsWith('.'));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found?.isDirectory() === true;
}

function isPattern(name: string): boolean {
  return /[*?]/.test(name);
}
