import { placeText, type Issue } from '../../base/issues.ts';
import type { Opened } from './opened.ts';

/** What was repaired, left out or could not be read. */
export interface QualityFinding {
  readonly code: string;
  readonly severity: Issue['severity'];
  readonly message: string;
  readonly count: number;
  /** `traces.jsonl, line 12`; empty where it has no one place. */
  readonly firstAt: string;
}

const WORST_FIRST: readonly Issue['severity'][] = ['error', 'warning', 'info'];
const NONE: readonly QualityFinding[] = [];
const known = new WeakMap<Opened, readonly QualityFinding[]>();

/** Errors first, then warnings, each in the order in which they were found. The same list for the same dataset. */
export function findings(opened: Opened | null): readonly QualityFinding[] {
  if (opened?.type !== 'traces') return NONE;
  const found = known.get(opened) ?? toFindings(opened.dataset.issues);
  known.set(opened, found);
  return found;
}

function toFindings(issues: readonly Issue[]): QualityFinding[] {
  return WORST_FIRST.flatMap((severity) => issues.filter((issue) => issue.severity === severity)).map(
    ({ firstAt, ...issue }) => ({ ...issue, firstAt: placeText(firstAt) }),
  );
}
