import type { CheckedBound, CheckReport } from './checkReport.ts';
import { boundsByPath, countWords, interval, measured, milliseconds, traces, verdictWords } from './checkWords.ts';
import { cut, table, type Column } from './table.ts';
import { printable } from './terminal.ts';

const NAME_WIDTH = 44;

const COLUMNS: readonly Column[] = [
  { heading: 'bound' },
  { heading: 'at' },
  { heading: 'measured, ms', isRight: true },
  { heading: '95% interval', isRight: true },
  { heading: 'budget, ms', isRight: true },
  { heading: 'n', isRight: true },
  { heading: 'verdict' },
];

/**
 * A table for each path, and what it comes to.
 *
 *     GET /catalog/:id
 *
 *     bound               at   measured, ms  95% interval  budget, ms     n  verdict
 *     total               p99         180.4       175–187         180  4.8k  ▲ over
 *     postgres · primary  p50         17.99      17.7–18.2        20  4.8k  within
 *
 *     hopline.yaml: 1 over, 1 within
 */
export function checkText(report: CheckReport): string {
  const blocks = boundsByPath(report).map(({ path, bounds }) =>
    [path, '', ...table(COLUMNS, bounds.map(row))].join('\n'),
  );
  return `${[...blocks, `${printable(report.configFile)}: ${countWords(report)}`].join('\n\n')}\n`;
}

function row(bound: CheckedBound): string[] {
  return [
    cut(printable(bound.what), NAME_WIDTH),
    bound.percentile,
    measured(bound),
    interval(bound.interval),
    milliseconds(bound.budgetMs),
    traces(bound),
    bound.hint === null ? verdictWords(bound) : `${verdictWords(bound)}: ${printable(bound.hint)}`,
  ];
}
