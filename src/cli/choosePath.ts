import { didYouMean } from '../base/didYouMean.ts';
import { InputError } from '../base/issues.ts';
import { printable } from './terminal.ts';

interface Named {
  readonly name: string;
  readonly entry: string;
}

/** How many names an error lists. */
const LISTED = 8;

/**
 * The index of the path that is called `wanted`, or of the one with most requests where nothing is wanted. Where two
 * entries have a path of the same name, `entry: name` tells them apart. Throws InputError, with "did you mean".
 */
export function choosePath(paths: readonly Named[], wanted: string | undefined): number {
  if (paths.length === 0) throw new InputError('no trace in the input has a root that could be analysed');
  if (wanted === undefined) return 0;
  const full = paths.findIndex((path) => fullName(path) === wanted);
  if (full >= 0) return full;
  const named = paths.flatMap(({ name }, index) => (name === wanted ? [index] : []));
  const [only, second] = named;
  if (only !== undefined && second === undefined) return only;
  if (only !== undefined) {
    const choices = named.map((index) => `"${fullName(paths[index])}"`);
    throw new InputError(`${named.length} request paths are called "${wanted}": write ${choices.join(' or ')}`);
  }
  const names = paths.map(({ name }) => printable(name));
  const hint =
    didYouMean(wanted, names) ||
    ` (there are: ${names.slice(0, LISTED).join(', ')}${names.length > LISTED ? ', …' : ''})`;
  throw new InputError(`there is no request path "${wanted}"${hint}`);
}

function fullName({ entry, name }: Named): string {
  return `${entry}: ${name}`;
}
