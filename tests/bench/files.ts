import { spawnSync } from 'node:child_process';
import { closeSync, createReadStream, createWriteStream, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { TracesData } from './otlpProto.ts';
import { makeTraffic, type OtlpRequest, type OtlpSpan } from './traces.ts';
import { VARIANTS, type VariantName } from './variants.ts';

export interface BenchFile {
  readonly path: string;
  readonly bytes: number;
}

/** The same traffic as the Collector's file exporter writes it (JSON Lines, length-prefixed protobuf), and as one document. */
export interface BenchFiles {
  readonly jsonl: BenchFile;
  readonly json: BenchFile;
  readonly protobuf: BenchFile;
  readonly spans: number;
  /** Nanoseconds, over all spans: what a reader's table must add up to. */
  readonly durations: number;
}

export function writeBenchFiles(folder: string, wanted: number): BenchFiles {
  const traffic = makeTraffic(wanted);
  const jsonl = new Output(join(folder, 'traces.jsonl'));
  const json = new Output(join(folder, 'traces.json'));
  const protobuf = new Output(join(folder, 'traces.binpb'));
  json.write('{"resourceSpans":[');
  let separator = '';
  for (const request of traffic.requests) {
    jsonl.write(`${JSON.stringify(request)}\n`);
    json.write(`${separator}${request.resourceSpans.map((group) => JSON.stringify(group)).join()}`);
    separator = ',';
    writeRecord(protobuf, request);
  }
  json.write(']}');
  return {
    jsonl: jsonl.end(),
    json: json.end(),
    protobuf: protobuf.end(),
    spans: traffic.spans,
    durations: traffic.durations(),
  };
}

/** JSON Lines, compressed. */
export interface PackedFiles {
  readonly gzip: BenchFile;
  /** Null where there is no command to compress with. */
  readonly zstd: BenchFile | null;
}

export async function writePackedFiles({ jsonl }: BenchFiles): Promise<PackedFiles> {
  return { gzip: await writeGzip(jsonl), zstd: writeZstd(jsonl) };
}

/** Protobuf alone, for the runs that need a lot of it. */
export function writeProtobuf(
  folder: string,
  wanted: number,
): { readonly protobuf: BenchFile; readonly spans: number } {
  const traffic = makeTraffic(wanted);
  const protobuf = new Output(join(folder, `traces-${wanted}.binpb`));
  for (const request of traffic.requests) writeRecord(protobuf, request);
  return { protobuf: protobuf.end(), spans: traffic.spans };
}

/** The same requests, written in another way. */
export function writeVariant(folder: string, wanted: number, name: VariantName): BenchFile {
  const output = new Output(join(folder, `${name}.jsonl`));
  let number = 0;
  for (const request of makeTraffic(wanted).requests) output.write(VARIANTS[name](request, number++));
  return output.end();
}

/** One trace of about so many spans: a service that asks its database again and again, level below level. */
export function writeOneTrace(folder: string, spans: number): BenchFile {
  const output = new Output(join(folder, 'one-trace.jsonl'));
  const origin = 1_760_000_000_000_000_000n;
  const width = 100;
  const made = Array.from({ length: spans }, (_, i): OtlpSpan => {
    const level = Math.floor(i / width);
    const parent = i === 0 ? 0 : Math.max(0, (level - 1) * width);
    return {
      traceId: '0123456789abcdef0123456789abcdef',
      spanId: (i + 1).toString(16).padStart(16, '0'),
      ...(i > 0 && { parentSpanId: (parent + 1).toString(16).padStart(16, '0') }),
      traceState: '',
      name: i % width === 0 ? 'step' : 'SELECT steps',
      kind: i === 0 ? 2 : 1,
      startTimeUnixNano: String(origin + BigInt(level * 1000 + (i % width) * 10)),
      endTimeUnixNano: String(origin + BigInt(spans * 20 - level * 1000 - (i % width) * 10)),
      attributes: [{ key: 'step.number', value: { intValue: String(i) } }],
      status: {},
    };
  });
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'steps' } }] };
  const scope = { name: 'steps', version: '1' };
  for (let at = 0; at < made.length; at += 1000) {
    const request: OtlpRequest = {
      resourceSpans: [{ resource, scopeSpans: [{ scope, spans: made.slice(at, at + 1000) }] }],
    };
    output.write(`${JSON.stringify(request)}\n`);
  }
  return output.end();
}

async function writeGzip({ path }: BenchFile): Promise<BenchFile> {
  const compressed = `${path}.gz`;
  await pipeline(createReadStream(path), createGzip({ level: 6 }), createWriteStream(compressed));
  return { path: compressed, bytes: statSync(compressed).size };
}

/** By the command line tool. */
function writeZstd({ path }: BenchFile): BenchFile | null {
  const compressed = `${path}.zst`;
  const { status } = spawnSync('zstd', ['-q', '-f', path, '-o', compressed]);
  return status === 0 ? { path: compressed, bytes: statSync(compressed).size } : null;
}

/** A file that is written piece by piece. */
class Output {
  readonly #path: string;
  readonly #file: number;

  constructor(path: string) {
    this.#path = path;
    this.#file = openSync(path, 'w');
  }

  write(content: string | Uint8Array): void {
    if (typeof content === 'string') writeSync(this.#file, content);
    else writeSync(this.#file, content);
  }

  end(): BenchFile {
    closeSync(this.#file);
    return { path: this.#path, bytes: statSync(this.#path).size };
  }
}

function writeRecord(output: Output, request: OtlpRequest): void {
  const message = TracesData.encode(TracesData.fromObject(withBinaryIds(request))).finish();
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(message.length);
  output.write(prefix);
  output.write(message);
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
