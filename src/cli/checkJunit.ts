import type { CheckedBound, CheckReport } from './checkReport.ts';
import { boundsByPath, boundSentence, milliseconds } from './checkWords.ts';

/**
 * JUnit's XML, which every CI shows: a suite for each path, a case for each bound. What fails is a failure; what too
 * few traces tell, and nothing asks for, is skipped.
 *
 *     <testsuite name="GET /catalog/:id" tests="2" failures="1" errors="0" skipped="0">
 *       <testcase classname="GET /catalog/:id" name="total p99 within 180 ms"><failure type="over" message="…"/></testcase>
 */
export function checkJunit(report: CheckReport): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="hopline check" ${countsOf(report.bounds)}>`,
    ...boundsByPath(report).flatMap(({ path, bounds }) => [
      `  <testsuite name="${escaped(path)}" ${countsOf(bounds)}>`,
      ...bounds.map((bound) => testCase(path, bound)),
      '  </testsuite>',
    ]),
    '</testsuites>\n',
  ].join('\n');
}

function countsOf(bounds: readonly CheckedBound[]): string {
  const failures = bounds.filter(({ isFailing }) => isFailing).length;
  const skipped = bounds.filter(isSkipped).length;
  return `tests="${bounds.length}" failures="${failures}" errors="0" skipped="${skipped}"`;
}

function isSkipped({ verdict, isFailing }: CheckedBound): boolean {
  return verdict === 'insufficient' && !isFailing;
}

function testCase(path: string, bound: CheckedBound): string {
  const { what, percentile, budgetMs, verdict, isFailing } = bound;
  const name = `${what} ${percentile} within ${milliseconds(budgetMs)} ms`;
  const sentence = escaped(boundSentence(bound));
  const outcome = isFailing
    ? `<failure type="${verdict}" message="${sentence}"/>`
    : isSkipped(bound)
      ? `<skipped message="${sentence}"/>`
      : `<system-out>${sentence}</system-out>`;
  return `    <testcase classname="${escaped(path)}" name="${escaped(name)}">${outcome}</testcase>`;
}

/** For text and attributes alike; what XML 1.0 does not allow is replaced. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"'\t\n\r]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
