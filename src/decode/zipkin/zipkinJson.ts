import type { Decoder } from '../decoder.ts';
import { ItemReader } from '../items/itemReader.ts';
import { MicroTimes } from '../items/microTimes.ts';
import { SpanWriter } from '../items/spanWriter.ts';
import type { SourceReport } from '../sourceReport.ts';
import { zipkinSpan } from './zipkinSpan.ts';

/** Zipkin v2 JSON: a list of spans, a list of traces that are such lists, or spans in a row. */
export function zipkinSpans(report: SourceReport): Decoder {
  const writer = new SpanWriter(report);
  const times = new MicroTimes(report);
  return new ItemReader(report, 'Zipkin v2 JSON', 'span', {
    item: (_name, value, at) => writer.write(zipkinSpan(value, writer, times, at), at),
  });
}
