import type { Issue } from '../../base/issues.ts';
import type { Problems } from '../../analyse/model.ts';
import type { Opened } from './opened.ts';

/** What was repaired, left out or could not be read. */
export interface QualityFinding {
  readonly severity: Issue['severity'];
  readonly message: string;
  readonly count: number;
  /** `traces.jsonl, line 12`; empty where it has no one place. */
  readonly firstAt: string;
}

const PROBLEMS: Record<keyof Problems, { readonly code: string; readonly message: string }> = {
  invalidIds: { code: 'invalid-id', message: 'Spans with an id of wrong length, not hex, or all zeros: left out.' },
  duplicates: { code: 'duplicate-span', message: 'Spans that came more than once: counted once.' },
  orphans: {
    code: 'orphan',
    message: 'Spans whose parent is not in their trace: taken in by the root where they overlap it.',
  },
  cycles: { code: 'parent-cycle', message: 'Parents that lead back to themselves: cut at the earliest span.' },
  negativeDurations: { code: 'negative-duration', message: 'Spans that end before they start: taken as instants.' },
  skewed: {
    code: 'skew',
    message: 'Server spans outside their client, by the clocks of two hosts: moved into it with all below.',
  },
};

const PROBLEM_KEYS = ['invalidIds', 'duplicates', 'orphans', 'cycles', 'negativeDurations', 'skewed'] as const;
const NONE: readonly QualityFinding[] = [];
const known = new WeakMap<Opened, readonly QualityFinding[]>();

/** Issues of the input first, then what assembly found. The same list for the same dataset. */
export function findings(opened: Opened | null): readonly QualityFinding[] {
  if (opened?.type !== 'traces') return NONE;
  const found = known.get(opened) ?? toFindings(opened.dataset.issues, opened.dataset.summary.problems);
  known.set(opened, found);
  return found;
}

function toFindings(issues: readonly Issue[], problems: Problems): QualityFinding[] {
  const codes = new Set(issues.map(({ code }) => code));
  return [
    ...issues.map(({ severity, message, count, firstAt }) => ({ severity, message, count, firstAt: toPlace(firstAt) })),
    // What decoding has said already, with its place, is not said again.
    ...PROBLEM_KEYS.filter((key) => problems[key] > 0 && !codes.has(PROBLEMS[key].code)).map((key) => ({
      severity: 'info' as const,
      message: PROBLEMS[key].message,
      count: problems[key],
      firstAt: '',
    })),
  ];
}

function toPlace(place: Issue['firstAt']): string {
  if (place === null) return '';
  if (place.line !== undefined) return `${place.source}, line ${place.line}`;
  return place.byte === undefined ? place.source : `${place.source}, byte ${place.byte}`;
}
