import type { Issue } from '../base/issues.ts';
import type { FirstProblems, SpanTable } from './spanTable.ts';

/** What putting spans together repaired; `sources` are the names of the sources that the spans came from. */
export function assemblyIssues(
  { problems, withoutStart, firstProblems }: SpanTable,
  sources: readonly string[],
): Issue[] {
  return REPAIRS.flatMap(({ of, code, message, severity = 'info' }): Issue[] => {
    const first = firstProblems[of];
    if (first === null) return [];
    const firstAt = { source: sources[first.source], trace: first.traceId };
    return [{ code, severity, message, count: of === 'withoutStart' ? withoutStart : problems[of], firstAt }];
  });
}

interface Repair {
  readonly of: keyof FirstProblems;
  readonly code: string;
  readonly message: string;
  readonly severity?: Issue['severity'];
}

const REPAIRS: readonly Repair[] = [
  {
    of: 'withoutStart',
    code: 'no-time',
    message: 'Spans without a start time were put at the beginning of 1970.',
    severity: 'warning',
  },
  { of: 'duplicates', code: 'duplicate-span', message: 'Spans that came more than once: counted once.' },
  {
    of: 'orphans',
    code: 'orphan',
    message: 'Spans whose parent is not in their trace: taken in by the root where they overlap it.',
  },
  { of: 'cycles', code: 'parent-cycle', message: 'Parents that lead back to themselves: cut at the earliest span.' },
  {
    of: 'negativeDurations',
    code: 'negative-duration',
    message: 'Spans that end before they start: taken as instants.',
  },
];
