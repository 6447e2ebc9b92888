import { stat, writeFile } from 'node:fs/promises';
import { ambiguousNames } from '../base/ambiguousNames.ts';
import type { Analysis } from '../analyse/analyse.ts';
import type { BudgetRow, RequestPath } from '../analyse/model.ts';
import { proposal } from '../analyse/proposals.ts';
import { formatInteger, formatPercent } from '../base/format.ts';
import { InputError } from '../base/issues.ts';
import type { Fraction } from '../base/units.ts';
import { boundaryName } from '../config/boundaryName.ts';
import { parseConfig } from '../config/configFile.ts';
import type { PathConfig } from '../config/hoplineConfig.ts';
import { writeConfig } from '../config/writeConfig.ts';
import { inputFiles } from './inputFiles.ts';
import { analyseFiles, reportIssues } from './analyseFiles.ts';
import { choosePath } from './choosePath.ts';
import type { FoundConfig } from './configFor.ts';
import { fileError } from './fileSource.ts';
import { ratchet } from './ratchet.ts';
import { table } from './table.ts';
import { printable, write, type Terminal } from './terminal.ts';

export interface BudgetOptions {
  readonly config?: string;
  readonly path?: string;
  readonly output?: string;
  readonly headroom: Fraction;
  readonly ratchet: boolean;
}

/** `hopline budget`: a config out of what was measured, or a tighter one out of that which is there. */
export async function budget(files: readonly string[], options: BudgetOptions, terminal: Terminal): Promise<void> {
  if (options.ratchet && options.output !== undefined) {
    throw new InputError('--ratchet changes the config in place: leave --output away');
  }
  const { output = '-' } = options;
  if (output !== '-') await refuseExisting(output);
  const { dataset, analysis, configFile } = await analyseFiles(await inputFiles(files), options.config, terminal);
  const chosen = options.path === undefined ? undefined : choosePath(analysis.pathNames, options.path);
  const indexes = chosen === undefined ? [...analysis.pathNames.keys()] : [chosen];
  await reportIssues(dataset, terminal);
  if (options.ratchet) return tighten(analysis, indexes, configFile, options.headroom, terminal);

  const text = proposedConfig(
    indexes.map((index) => analysis.path(index)),
    options.headroom,
  );
  if (output === '-') return write(terminal.stdout, text);
  await writeFile(output, text, { flag: 'wx' }).catch((error: unknown) => {
    throw fileError(error, `cannot write ${output}`);
  });
}

/** A config is written by people: nothing of theirs is overwritten. */
export async function refuseExisting(file: string): Promise<void> {
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (exists)
    throw new InputError(`${file} exists already: choose another name, or tighten it with "hopline budget --ratchet"`);
}

/** The proposals for some paths as a config's text. Throws InputError where too few traces tell anything. */
export function proposedConfig(paths: readonly RequestPath[], headroom: Fraction): string {
  const ambiguous = ambiguousNames(paths);
  const named = paths.map((path): readonly [string, PathConfig] => {
    const { ceiling, hops, boundaries } = proposal(path, headroom);
    return [
      ambiguous.has(path.name) ? `${path.entry}: ${path.name}` : path.name,
      {
        ...(Object.keys(ceiling).length > 0 && { ceiling }),
        ...(hops.length > 0 && {
          hops: Object.fromEntries(hops.map(({ id, budget: each }) => [id, { budget: each }])),
        }),
        ...(boundaries.length > 0 && {
          boundaries: Object.fromEntries(
            boundaries.map(({ boundary, budget: each }) => [boundaryName(boundary), { budget: each }]),
          ),
        }),
      },
    ];
  });
  const proposed = named.filter(([, path]) => Object.keys(path).length > 0);
  if (proposed.length === 0)
    throw new InputError('too few traces to propose a budget: no percentile has an upper bound');
  const traces = paths.reduce((sum, path) => sum + path.traces, 0);
  const omitted = named.length - proposed.length;
  return writeConfig(Object.fromEntries(proposed), [
    `Proposed from ${formatInteger(traces)} traces: the upper end of each percentile's 95% interval, ${formatPercent(headroom)} headroom, rounded up.`,
    'What too few traces tell is left out.',
    ...(omitted > 0 ? [`So are ${omitted} of ${named.length} request paths.`] : []),
  ]);
}

async function tighten(
  analysis: Analysis,
  indexes: readonly number[],
  found: FoundConfig | null,
  headroom: Fraction,
  terminal: Terminal,
): Promise<void> {
  if (found === null)
    throw new InputError('there is no hopline.yaml to tighten: make one with "hopline budget -o hopline.yaml"');
  const { text, tightened, bounds } = ratchet(
    found.text,
    indexes.flatMap((index) => analysis.bounds(index)),
    headroom,
  );
  const changed = tightened.filter(({ isAliased }) => !isAliased);
  if (changed.length > 0) {
    // A file that could not be read back is not written.
    parseConfig(text, found.file);
    await writeFile(found.file, text).catch((error: unknown) => {
      throw fileError(error, `cannot write ${found.file}`);
    });
  }
  const rows = changed.map(({ row, before, after }) => [printable(entryOf(row)), row.percentile, before, `→ ${after}`]);
  const lines =
    rows.length === 0
      ? []
      : table([{ heading: 'bound' }, { heading: 'at' }, { heading: 'was', isRight: true }, { heading: 'is' }], rows);
  const outcome = `${printable(found.file)}: ${changed.length} of ${bounds} bounds tightened`;
  await write(terminal.stdout, `${[...lines, ...(lines.length > 0 ? [''] : []), outcome].join('\n')}\n`);
  for (const { row, before, after } of tightened.filter(({ isAliased }) => isAliased)) {
    const where = printable(`${entryOf(row)} ${row.percentile}`);
    await write(
      terminal.stderr,
      `hopline: ${where} could be ${after} instead of ${before}, but stands there through an alias\n`,
    );
  }
}

/** The entry of the config that states a bound: `GET /catalog/:id · go.gateway`, `GET /* · total`, `postgres*`. */
function entryOf({ source: [top, first, part, second] }: BudgetRow): string {
  return top === 'hops' ? first : `${first} · ${part === 'ceiling' ? 'total' : second}`;
}
