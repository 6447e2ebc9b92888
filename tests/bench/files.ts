import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { TracesData } from './otlpProto.ts';
import { makeTraffic, type OtlpRequest } from './traces.ts';

/** The same traffic as the Collector's file exporter writes it: JSON Lines, and length-prefixed protobuf. */
export interface BenchFile {
  readonly path: string;
  readonly bytes: number;
}

export interface BenchFiles {
  readonly jsonl: BenchFile;
  readonly protobuf: BenchFile;
  readonly spans: number;
  /** Nanoseconds, over all spans: what a reader's table must add up to. */
  readonly durations: number;
}

export function writeBenchFiles(folder: string, wanted: number): BenchFiles {
  const paths = { jsonl: join(folder, 'traces.jsonl'), protobuf: join(folder, 'traces.binpb') };
  const jsonl = openSync(paths.jsonl, 'w');
  const protobuf = openSync(paths.protobuf, 'w');
  const traffic = makeTraffic(wanted);
  for (const request of traffic.requests) {
    writeSync(jsonl, `${JSON.stringify(request)}\n`);
    const message = TracesData.encode(TracesData.fromObject(withBinaryIds(request))).finish();
    const prefix = Buffer.alloc(4);
    prefix.writeUInt32BE(message.length);
    writeSync(protobuf, prefix);
    writeSync(protobuf, message);
  }
  closeSync(jsonl);
  closeSync(protobuf);
  const file = (path: string): BenchFile => ({ path, bytes: statSync(path).size });
  return {
    jsonl: file(paths.jsonl),
    protobuf: file(paths.protobuf),
    spans: traffic.spans,
    durations: traffic.durations(),
  };
}

/** JSON writes ids as hex, protobuf as bytes. */
function withBinaryIds({ resourceSpans }: OtlpRequest) {
  return {
    resourceSpans: resourceSpans.map(({ resource, scopeSpans }) => ({
      resource,
      scopeSpans: scopeSpans.map(({ scope, spans }) => ({
        scope,
        spans: spans.map(({ traceId, spanId, parentSpanId = '', ...rest }) => ({
          ...rest,
          traceId: Buffer.from(traceId, 'hex'),
          spanId: Buffer.from(spanId, 'hex'),
          parentSpanId: Buffer.from(parentSpanId, 'hex'),
        })),
      })),
    })),
  };
}
