import { kindOf, marksOf, statusOf } from './factsWord.ts';
import type { RawDataset } from './rawDataset.ts';

/**
 * The order that breaks every tie among rows of one trace (design: analysis, section 1): span id, kind, start, end,
 * name, service; then what only makes it the same one of several equal spans that stays, in any order of the input.
 */
export function compareRank(raw: RawDataset, a: number, b: number): number {
  const { spans } = raw;
  const { strings } = raw.attributes;
  return (
    compareContent(raw, a, b) ||
    spans.parentId[a * 2] - spans.parentId[b * 2] ||
    spans.parentId[a * 2 + 1] - spans.parentId[b * 2 + 1] ||
    marksOf(spans.facts[a]) - marksOf(spans.facts[b]) ||
    statusOf(spans.facts[a]) - statusOf(spans.facts[b]) ||
    strings.compare(spans.traceState[a], spans.traceState[b]) ||
    a - b
  );
}

/** By span id, kind, start, end, name and service: zero where two rows are the same span. */
export function compareContent(raw: RawDataset, a: number, b: number): number {
  const { spans, service } = raw;
  const { strings } = raw.attributes;
  return (
    spans.spanId[a * 2] - spans.spanId[b * 2] ||
    spans.spanId[a * 2 + 1] - spans.spanId[b * 2 + 1] ||
    kindOf(spans.facts[a]) - kindOf(spans.facts[b]) ||
    spans.start[a * 2] - spans.start[b * 2] ||
    spans.start[a * 2 + 1] - spans.start[b * 2 + 1] ||
    spans.end[a * 2] - spans.end[b * 2] ||
    spans.end[a * 2 + 1] - spans.end[b * 2 + 1] ||
    strings.compare(spans.name[a], spans.name[b]) ||
    strings.compare(service[spans.resource[a]], service[spans.resource[b]])
  );
}
