import type { SpanTable } from '../store/spanTable.ts';
import type { Accounts } from './accounts.ts';
import type { DataNotesCounter } from './dataNotes.ts';
import type { HopFacts } from './hopFacts.ts';
import type { MemoryPeak } from './model.ts';
import type { ResourceFacts } from './resourceFacts.ts';
import type { SpanTimes } from './skew.ts';
import type { SummarySpans } from './summarySpans.ts';
import type { Walked } from './traceEntries.ts';
import type { TraceFacts } from './traceFacts.ts';

/** Everything that is known of the dataset before its paths are looked at. */
export interface Classified {
  readonly table: SpanTable;
  /** As recorded, clocks set right: what a person sees of a trace. */
  readonly windows: SpanTimes;
  /** What is added up. */
  readonly times: SpanTimes;
  readonly summaries: SummarySpans | null;
  readonly accounts: Accounts;
  readonly walked: Walked;
  readonly traces: TraceFacts;
  readonly hops: HopFacts;
  readonly resources: ResourceFacts;
  /** By hop's id. */
  readonly memory: ReadonlyMap<string, MemoryPeak>;
  readonly notes: DataNotesCounter;
}
