import type { CheckedBound, CheckReport } from './checkReport.ts';
import { boundsByPath, countWords, interval, measured, milliseconds, traces, verdictWords } from './checkWords.ts';
import { printable } from './terminal.ts';

const RULE = '| --- | --- | ---: | ---: | ---: | ---: | --- |';

/**
 * For a comment on a pull request: what it comes to in one line, then a table for each path. Names are code spans, so
 * that nothing in them is markup, a link or somebody's handle.
 */
export function checkMarkdown(report: CheckReport): string {
  const { bounds, counts } = report;
  const failing = bounds.filter(({ isFailing }) => isFailing).length;
  const holds = counts.within + counts.near === bounds.length ? '✅ Every bound holds' : '✅ No bound fails';
  const fails = `❌ ${failing} of ${bounds.length} bounds ${failing === 1 ? 'fails' : 'fail'}`;
  return [
    `### Hopline: ${failing === 0 ? holds : fails}`,
    '',
    `${code(report.configFile)}: ${countWords(report)}.`,
    ...boundsByPath(report).flatMap(({ path, bounds: each }) => [
      '',
      `**${code(path)}**`,
      '',
      '| bound | at | measured, ms | 95% interval | budget, ms | n | verdict |',
      RULE,
      ...each.map(row),
    ]),
    '',
  ].join('\n');
}

function row(bound: CheckedBound): string {
  const verdict = bound.hint === null ? verdictWords(bound) : `${verdictWords(bound)}: ${code(bound.hint)}`;
  const cells = [
    code(bound.what),
    bound.percentile,
    measured(bound).replace('~', '\\~'),
    interval(bound.interval),
    milliseconds(bound.budgetMs),
    traces(bound),
    bound.isFailing ? `**${verdict}**` : verdict,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** A code span whatever is in it: fenced by more backticks than it holds; a bar would end the cell. */
function code(text: string): string {
  const inside = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...inside.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${inside}${fence}` : `${fence} ${inside} ${fence}`;
}
