import type { PathSet } from '../analyse/analyse.ts';
import { unmatched } from '../analyse/unmatched.ts';
import { placed, type ConfigPlace } from '../config/configPlace.ts';
import type { FoundConfig } from './configFor.ts';
import { printable, write, type Terminal } from './terminal.ts';

/** An entry of the config that matches nothing in the traces. */
export interface ConfigWarning {
  readonly message: string;
  readonly place: ConfigPlace;
}

/** Says on standard error what the config names and the traces do not have: a misspelt name changes nothing, in silence. */
export async function warnOfUnmatched(
  analysis: PathSet,
  found: FoundConfig | null,
  terminal: Pick<Terminal, 'stderr'>,
): Promise<void> {
  // There may be as many paths as traces: they are not made for nothing.
  if (found === null) return;
  const { configPlaces } = await import('../config/configFile.ts');
  const places = configPlaces(found.text);
  const warnings = unmatched(found.config, analysis.paths).map(({ message, source }) => ({
    message,
    place: places(source),
  }));
  await writeWarnings(found.file, warnings, terminal);
}

export async function writeWarnings(
  file: string,
  warnings: readonly ConfigWarning[],
  { stderr }: Pick<Terminal, 'stderr'>,
): Promise<void> {
  for (const { message, place } of warnings) {
    await write(stderr, `hopline: ${printable(placed(file, place, message))}\n`);
  }
}
