import type { RawDataset } from './rawDataset.ts';
import {
  END,
  FACTS,
  kindOf,
  marksOf,
  NAME,
  PARENT_ID,
  RESOURCE,
  SPAN_ID,
  START,
  statusOf,
  TRACE_STATE,
} from './spanRows.ts';

/**
 * The order that breaks every tie among rows of one trace (design: analysis, section 1): span id, kind, start, end,
 * name, service; then what only makes it the same one of several equal spans that stays, in any order of the input.
 */
export function compareRank(raw: RawDataset, a: number, b: number): number {
  const { spans } = raw;
  const { strings } = raw.attributes;
  return (
    compareContent(raw, a, b) ||
    spans.word(a, PARENT_ID) - spans.word(b, PARENT_ID) ||
    spans.word(a, PARENT_ID + 1) - spans.word(b, PARENT_ID + 1) ||
    marksOf(spans.word(a, FACTS)) - marksOf(spans.word(b, FACTS)) ||
    statusOf(spans.word(a, FACTS)) - statusOf(spans.word(b, FACTS)) ||
    strings.compare(spans.word(a, TRACE_STATE), spans.word(b, TRACE_STATE)) ||
    a - b
  );
}

/** By span id, kind, start, end, name and service: zero where two rows are the same span. */
export function compareContent(raw: RawDataset, a: number, b: number): number {
  const { spans, service } = raw;
  const { strings } = raw.attributes;
  return (
    spans.word(a, SPAN_ID) - spans.word(b, SPAN_ID) ||
    spans.word(a, SPAN_ID + 1) - spans.word(b, SPAN_ID + 1) ||
    kindOf(spans.word(a, FACTS)) - kindOf(spans.word(b, FACTS)) ||
    spans.word(a, START) - spans.word(b, START) ||
    spans.word(a, START + 1) - spans.word(b, START + 1) ||
    spans.word(a, END) - spans.word(b, END) ||
    spans.word(a, END + 1) - spans.word(b, END + 1) ||
    strings.compare(spans.word(a, NAME), spans.word(b, NAME)) ||
    strings.compare(service[spans.word(a, RESOURCE)], service[spans.word(b, RESOURCE)])
  );
}
