import { formatInteger } from '../base/format.ts';
import type { Issue } from '../base/issues.ts';
import { traceIdText, type SpanTable } from '../store/spanTable.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';

/** What only the analysis repairs or leaves out, each with the first trace that it was found in. */
export function dataIssues(table: SpanTable, { moved }: SpanTimes, summaries: SummarySpans | null): Issue[] {
  const { trace } = table;
  const outside = outsideRoots(table);
  const issue = (code: string, count: number, firstTrace: number, message: string): Issue[] => {
    if (count === 0) return [];
    return [{ code, severity: 'info', message, count, firstAt: { trace: traceIdText(table, firstTrace) } }];
  };
  return [
    ...issue(
      'skew',
      moved.length,
      trace[moved[0]],
      'Server spans outside their client, by the clocks of two hosts: moved into it with all below.',
    ),
    ...issue(
      'outside-root',
      outside.count,
      outside.firstTrace,
      'Spans that are not below the root of their trace: left out of its request path.',
    ),
    ...(summaries === null
      ? []
      : issue(
          'summary-spans',
          summaries.rows.length,
          trace[summaries.rows[0]],
          `Summary spans (of the Collector’s spanpruning processor) count as the ${formatInteger(summaries.total)} spans ` +
            'that they stand for, with the time of these, one after the other, as far as their own lasts.',
        )),
  ];
}

function outsideRoots({ traceCount, traceRows, subtreeEnd }: SpanTable): { count: number; firstTrace: number } {
  let count = 0;
  let firstTrace = -1;
  for (let trace = 0; trace < traceCount; trace++) {
    const outside = traceRows[trace + 1] - subtreeEnd[traceRows[trace]];
    if (outside > 0 && count === 0) firstTrace = trace;
    count += outside;
  }
  return { count, firstTrace };
}
