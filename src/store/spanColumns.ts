import type { BatchMessages, BatchSpans } from './spanBatch.ts';
import {
  atOf,
  END,
  FACTS,
  flagsOf,
  kindOf,
  marksOf,
  NAME,
  OFFSET,
  PARENT_ID,
  RESOURCE,
  SCOPE,
  SHAPE,
  SPAN_ID,
  START,
  STATUS_MESSAGE,
  statusOf,
  TRACE_STATE,
  type SpanRows,
} from './spanRows.ts';

/** Rows as the columns of a batch. */
export function spanColumns(rows: SpanRows): { readonly spans: BatchSpans; readonly statusMessages: BatchMessages } {
  const { count, traces } = rows;
  const spans = {
    count,
    traceCount: traces.count,
    traceId: traces.ids,
    trace: rows.trace.flat(count),
    spanId: new Uint32Array(count * 2),
    parentId: new Uint32Array(count * 2),
    start: new Uint32Array(count * 2),
    end: new Uint32Array(count * 2),
    kind: new Uint8Array(count),
    status: new Uint8Array(count),
    marks: new Uint8Array(count),
    name: new Uint32Array(count),
    traceState: new Uint32Array(count),
    spanFlags: new Uint16Array(count),
    resource: new Uint32Array(count),
    scope: new Uint32Array(count),
    shape: new Uint32Array(count),
    offset: new Uint32Array(count),
  };
  const messages: { span: number[]; text: number[] } = { span: [], text: [] };
  for (let i = 0; i < count; i++) {
    const page = rows.pageOf(i);
    const at = atOf(i);
    for (let word = 0; word < 2; word++) {
      spans.spanId[i * 2 + word] = page[at + SPAN_ID + word];
      spans.parentId[i * 2 + word] = page[at + PARENT_ID + word];
      spans.start[i * 2 + word] = page[at + START + word];
      spans.end[i * 2 + word] = page[at + END + word];
    }
    const facts = page[at + FACTS];
    spans.kind[i] = kindOf(facts);
    spans.status[i] = statusOf(facts);
    spans.marks[i] = marksOf(facts);
    spans.spanFlags[i] = flagsOf(facts);
    spans.name[i] = page[at + NAME];
    spans.traceState[i] = page[at + TRACE_STATE];
    spans.resource[i] = page[at + RESOURCE];
    spans.scope[i] = page[at + SCOPE];
    spans.shape[i] = page[at + SHAPE];
    spans.offset[i] = page[at + OFFSET];
    if (page[at + STATUS_MESSAGE] === 0) continue;
    messages.span.push(i);
    messages.text.push(page[at + STATUS_MESSAGE]);
  }
  const { span, text } = messages;
  return {
    spans,
    statusMessages: { count: span.length, span: Uint32Array.from(span), text: Uint32Array.from(text) },
  };
}
