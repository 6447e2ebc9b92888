import type { CheckedBound, CheckReport } from './checkReport.ts';
import { pathOf } from './checkText.ts';
import { boundSentence, countWords } from './checkWords.ts';
import { printable } from './terminal.ts';

/**
 * GitHub's workflow commands: an annotation on the line of the config that states the bound. What fails is an error,
 * what is near or over but not beyond doubt a warning, what too few traces tell a notice; what is within says nothing.
 *
 *     ::error file=hopline.yaml,line=7,col=19,title=Hopline%3A over budget::GET /catalog/%3Aid: total p99 is …
 *
 * Escaping: actions/toolkit, packages/core/src/command.ts.
 */
export function checkGithub(report: CheckReport): string {
  const annotations = report.bounds.flatMap((bound) => {
    const level = levelOf(bound);
    if (level === null) return [];
    const { line, column } = bound.place;
    const properties = [
      `file=${property(report.configFile)}`,
      `line=${line}`,
      `col=${column}`,
      `title=${property(`Hopline: ${bound.verdict === 'insufficient' ? 'insufficient data' : `${bound.verdict} budget`}`)}`,
    ];
    return [`::${level} ${properties.join(',')}::${data(`${pathOf(bound, report)}: ${boundSentence(bound)}`)}`];
  });
  return `${[...annotations, `hopline check: ${countWords(report)}`].join('\n')}\n`;
}

function levelOf({ isFailing, verdict }: CheckedBound): 'error' | 'warning' | 'notice' | null {
  if (isFailing) return 'error';
  if (verdict === 'within') return null;
  return verdict === 'insufficient' ? 'notice' : 'warning';
}

function data(text: string): string {
  return printable(text).replaceAll('%', '%25');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
