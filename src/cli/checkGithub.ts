import type { CheckedBound, CheckReport } from './checkReport.ts';
import { boundsByPath, boundSentence, countWords } from './checkWords.ts';
import { printable } from './terminal.ts';

/**
 * GitHub's workflow commands: an annotation on the line of the config that states the bound. What fails is an error,
 * what is near or over but not beyond doubt a warning, what too few traces tell a notice; what is within says nothing.
 *
 *     ::error file=hopline.yaml,line=7,col=19,title=Hopline%3A over budget::GET /catalog/:id: total p99 is …
 *
 * Escaping: actions/toolkit, packages/core/src/command.ts.
 */
export function checkGithub(report: CheckReport): string {
  const annotations = boundsByPath(report).flatMap(({ path, bounds }) =>
    bounds.flatMap((bound) => {
      const level = levelOf(bound);
      if (level === null) return [];
      const { verdict, place } = bound;
      const title = `Hopline: ${verdict === 'insufficient' ? 'insufficient data' : `${verdict} budget`}`;
      const properties = `file=${property(report.configFile)},line=${place.line},col=${place.column},title=${property(title)}`;
      return [`::${level} ${properties}::${data(`${path}: ${boundSentence(bound)}`)}`];
    }),
  );
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
