import {
  END_COLUMN,
  FACTS_COLUMN,
  NAME_COLUMN,
  OFFSET_COLUMN,
  PARENT_ID_COLUMN,
  PLACE,
  RESOURCE_COLUMN,
  SCOPE_COLUMN,
  SHAPE_COLUMN,
  SPAN_ID_COLUMN,
  SPAN_ROW_LOG2,
  SPAN_ROWS,
  SPAN_TRACE,
  START_COLUMN,
  STATUS_MESSAGE_COLUMN,
  TRACE_COLUMN,
  TRACE_STATE_COLUMN,
} from './layout.ts';
import {
  END,
  FACTS,
  ID,
  NAME,
  OFFSET,
  PARENT_ID,
  RESOURCE,
  SCOPE,
  SHAPE,
  spanCount,
  START,
  STATUS_MESSAGE,
  TRACE_STATE,
} from './spans.ts';
import { assembleTraces } from './trees.ts';

/** Not zero where a span has one: hardly any does, and then nobody has to look at the column. */
export let hasTraceStates: u32 = 0;
export let hasStatusMessages: u32 = 0;

/**
 * The batch's spans in order, as columns: rows are made one after the other, and what is made of them is read column by
 * column. To be called when the batch is handed on.
 */
export function putInOrder(): void {
  assembleTraces();
  hasTraceStates = 0;
  hasStatusMessages = 0;
  for (let span: u32 = 0; span < spanCount; span++) {
    const row = SPAN_ROWS + (span << SPAN_ROW_LOG2);
    const place = load<u32>(PLACE + (span << 2));
    const wide = place << 3;
    const narrow = place << 2;
    store<u64>(SPAN_ID_COLUMN + wide, load<u64>(row, ID));
    store<u64>(PARENT_ID_COLUMN + wide, load<u64>(row, PARENT_ID));
    store<u64>(START_COLUMN + wide, load<u64>(row, START));
    store<u64>(END_COLUMN + wide, load<u64>(row, END));
    store<u32>(TRACE_COLUMN + narrow, load<u32>(SPAN_TRACE + (span << 2)));
    store<u32>(NAME_COLUMN + narrow, load<u32>(row, NAME));
    store<u32>(RESOURCE_COLUMN + narrow, load<u32>(row, RESOURCE));
    store<u32>(SCOPE_COLUMN + narrow, load<u32>(row, SCOPE));
    store<u32>(SHAPE_COLUMN + narrow, load<u32>(row, SHAPE));
    store<u32>(OFFSET_COLUMN + narrow, load<u32>(row, OFFSET));
    store<u32>(FACTS_COLUMN + narrow, load<u32>(row, FACTS));
    const traceState = load<u32>(row, TRACE_STATE);
    const statusMessage = load<u32>(row, STATUS_MESSAGE);
    store<u32>(TRACE_STATE_COLUMN + narrow, traceState);
    store<u32>(STATUS_MESSAGE_COLUMN + narrow, statusMessage);
    hasTraceStates |= traceState;
    hasStatusMessages |= statusMessage;
  }
}
