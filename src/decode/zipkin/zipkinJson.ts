import type { Decoder } from '../decoder.ts';
import { ItemReader } from '../items/itemReader.ts';
import type { JsonObject } from '../items/jsonValue.ts';
import { MicroTimes } from '../items/microTimes.ts';
import { SpanWriter } from '../items/spanWriter.ts';
import type { SourceReport } from '../sourceReport.ts';
import { ZipkinParts } from './zipkinParts.ts';
import { hasUnknownKind, zipkinSpan } from './zipkinSpan.ts';
import { zipkinV2Spans } from './zipkinV1.ts';

/** Zipkin's JSON: a list of spans, a list of traces that are such lists, or spans in a row. */
export function zipkinV2(report: SourceReport): Decoder {
  return open(report, 'Zipkin v2 JSON', (span) => [span]);
}

export function zipkinV1(report: SourceReport): Decoder {
  return open(report, 'Zipkin v1 JSON', zipkinV2Spans);
}

function open(report: SourceReport, format: string, spansOf: (span: JsonObject) => readonly JsonObject[]): Decoder {
  const writer = new SpanWriter(report);
  const times = new MicroTimes(report);
  const parts = new ZipkinParts(report, (span, at) => {
    if (hasUnknownKind(span)) report.unknownEnum(at);
    writer.write(zipkinSpan(span, writer, times, at), at);
    report.endUnit();
  });
  return new ItemReader(report, format, 'span', {
    item(_name, value, at) {
      for (const span of spansOf(value)) parts.add(span, at);
    },
    finish() {
      parts.finish();
    },
  });
}
