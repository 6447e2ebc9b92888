import type { Analysis } from '../analyse/analyse.ts';
import type { BudgetRow, Verdict } from '../analyse/model.ts';
import { unmatched } from '../analyse/unmatched.ts';
import { InputError } from '../base/issues.ts';
import { configPlaces } from '../config/configFile.ts';
import type { ConfigPlace } from '../config/configPlace.ts';
import { Settings } from '../config/settings.ts';
import type { FoundConfig } from './configFor.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { ConfigWarning } from './warnOfUnmatched.ts';

/** A bound with all that is to be said about it. */
export interface CheckedBound extends BudgetRow {
  /** Whether it makes the check fail. */
  readonly isFailing: boolean;
  /** Why nothing was measured, where the config names nothing that is in the traces. */
  readonly hint: string | null;
  /** Where the config states it. */
  readonly place: ConfigPlace;
}

export interface CheckReport {
  readonly configFile: string;
  readonly isConfident: boolean;
  readonly bounds: readonly CheckedBound[];
  readonly warnings: readonly ConfigWarning[];
  readonly counts: Readonly<Record<Verdict, number>>;
  /** 0, 1 where a bound fails, 3 where data is required and missing. */
  readonly code: ExitCode;
}

export interface CheckRules {
  /** Only what is over beyond doubt fails: the interval's lower end exists and is over. */
  readonly confident: boolean;
  /** What cannot be told fails too. */
  readonly requireData: boolean;
}

/**
 * Holds every bound of a config against an analysis; `path` is the index of the only path to look at.
 * Throws InputError where the config bounds nothing: a check of nothing would always be green.
 */
export function checkReport(
  analysis: Analysis,
  { config, file, text }: FoundConfig,
  path: number | undefined,
  { confident, requireData }: CheckRules,
): CheckReport {
  const { tolerances } = new Settings(config);
  const places = configPlaces(text);
  const only = path === undefined ? undefined : analysis.paths[path];
  const strangers = unmatched(config, analysis.paths, only);
  const isOver = ({ verdict, interval: { lowMs }, budgetMs }: BudgetRow): boolean =>
    verdict === 'over' && (!confident || (lowMs !== null && lowMs > tolerances.over * budgetMs));
  const checked = (row: BudgetRow, hint: string | null): CheckedBound => ({
    ...row,
    isFailing: isOver(row) || (requireData && row.verdict === 'insufficient'),
    hint,
    place: places(row.source),
  });
  const bounds = [
    ...analysis.paths.flatMap((each, index) =>
      only === undefined || each === only ? analysis.bounds(index).map((row) => checked(row, null)) : [],
    ),
    ...strangers.flatMap(({ bounds: rows, message }) => rows.map((row) => checked(row, message))),
  ];
  if (bounds.length === 0) {
    const where = only === undefined ? '' : ` for the path "${only.name}"`;
    throw new InputError(`${file} states no budget${where}: "hopline budget" proposes some`);
  }
  const counts = { over: 0, near: 0, within: 0, insufficient: 0 };
  for (const { verdict } of bounds) counts[verdict]++;
  return {
    configFile: file,
    isConfident: confident,
    bounds,
    warnings: strangers.map(({ message, source }) => ({ message, place: places(source) })),
    counts,
    code: bounds.some(isOver) ? EXIT.failed : requireData && counts.insufficient > 0 ? EXIT.insufficient : EXIT.done,
  };
}
