import { assertNever } from '../base/assert.ts';
import type { SpanTable } from '../store/spanTable.ts';
import { ListWalk } from './listWalk.ts';
import { OtlpJsonWriter } from './otlpJson.ts';
import { OtlpProtobufWriter } from './otlpProtobuf.ts';
import type { OtlpWriter } from './otlpWriter.ts';
import { SpanGroups } from './spanGroups.ts';

export const EXPORT_FORMATS = ['otlp-json', 'otlp-proto'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Enough spans for one request: about 1 MB as JSON, which is what a Collector's file receiver takes for a line. */
const SPANS_A_REQUEST = 1000;
/** A trace is torn over requests only from here on, so that one trace alone is one document that opens anywhere. */
const SPANS_A_TRACE = 20_000;

/**
 * Traces out of the store again, as OTLP, piece by piece: memory does not grow with their number.
 *
 *     traces   a: 400 spans · b: 700 · c: 30          requests   {a, b}\n {c}\n
 *
 * `otlp-json` is one request a line (JSON Lines), so a single document where there are few spans; `otlp-proto` is a
 * single request, whatever its size. `traces` are indexes into the table's.
 */
export function* exportTraces(
  table: SpanTable,
  format: ExportFormat,
  traces: Iterable<number> = allTraces(table),
): Generator<Uint8Array<ArrayBuffer>> {
  const walk = new ListWalk(table.attributes);
  const writer = writerOf(format, table, walk);
  const groups = new SpanGroups(table, walk);
  for (const trace of traces) {
    let torn = 0;
    for (let row = table.traceRows[trace]; row < table.traceRows[trace + 1]; row++) {
      groups.add(row);
      if (++torn % SPANS_A_TRACE === 0) yield writer.write(groups.take());
    }
    if (groups.count >= SPANS_A_REQUEST) yield writer.write(groups.take());
  }
  if (groups.count > 0) yield writer.write(groups.take());
}

function* allTraces({ traceCount }: SpanTable): Generator<number> {
  for (let trace = 0; trace < traceCount; trace++) yield trace;
}

function writerOf(format: ExportFormat, table: SpanTable, walk: ListWalk): OtlpWriter {
  switch (format) {
    case 'otlp-json':
      return new OtlpJsonWriter(table, walk);
    case 'otlp-proto':
      return new OtlpProtobufWriter(table, walk);
    default:
      return assertNever(format);
  }
}
