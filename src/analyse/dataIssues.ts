import { formatInteger } from '../base/format.ts';
import type { Issue } from '../base/issues.ts';
import { traceIdText, type SpanTable } from '../store/spanTable.ts';
import type { DataNotesCounter } from './dataNotes.ts';

/** What only the analysis repairs or leaves out, each with the first trace that it was found in. */
export function dataIssues(table: SpanTable, notes: DataNotesCounter): Issue[] {
  const { counts, firstTrace } = notes.ofAll();
  const issue = (code: string, kind: 'shifted' | 'outside' | 'summaries', message: string): Issue[] => {
    if (counts[kind] === 0) return [];
    const firstAt = { trace: traceIdText(table, firstTrace[kind]) };
    return [{ code, severity: 'info', message, count: counts[kind], firstAt }];
  };
  return [
    ...issue(
      'skew',
      'shifted',
      'Server spans outside their client, by the clocks of two hosts: moved into it with all below.',
    ),
    ...issue(
      'outside-root',
      'outside',
      'Spans that are not below the root of their trace: left out of its request path.',
    ),
    ...issue(
      'summary-spans',
      'summaries',
      `Summary spans (of the Collector’s spanpruning processor) count as the ${formatInteger(counts.summarised)} spans ` +
        'that they stand for, with the time of these, one after the other.',
    ),
  ];
}
