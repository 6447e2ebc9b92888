import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { decodeThreads } from '../../src/cli/decodeThreads.ts';
import { fileSources } from '../../src/cli/fileSource.ts';
import type { Source } from '../../src/decode/source.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { readBytes, type Bytes } from '../../src/decode/bytes/readBytes.ts';
import { KeptWorkers } from '../../src/decode/pool/keptWorkers.ts';
import { load } from '../../src/pipeline.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { ObjectWalk, type ParsedRequest } from './walk.ts';

/**
 * Ways to read a file. Each gives a number that shows that it did its work: spans, or a sum of bytes. What only some
 * need is loaded by them, as the command line does.
 */
export type ReaderName = keyof typeof READERS;

export const READERS = {
  'byte-sum': byteSum,
  'JSON.parse': parseLines,
  'JSON.parse, kept': keepLines,
  'JSON.parse, documents': parseDocuments,
  'JSON.parse and walk': walkLines,
  protobufjs: decodeRecords,
  'protobufjs and walk': walkRecords,
  'gunzip alone': gunzip,
  'unzstd alone': unzstdAlone,
  'Hopline table': async (path: string) => (await readTable(path)).spanCount,
  'Hopline table, one thread': async (path: string) => (await load(await sourcesOf(path))).table.spanCount,
  'Hopline numbers': readNumbers,
  'Hopline diagram': drawDiagram,
  'Hopline critical path': readCriticalPath,
} as const;

const NEWLINE = 0x0a;
/** Bytes at a time: zlib is slower with fewer. */
const CHUNK = 1 << 20;
/** Beside the built benchmark. */
const DECODE_THREAD = resolve(process.argv[1] ?? '.', '../decodeThread.mjs');
/** In tests there is no built thread, and one core reads. */
const threads = existsSync(DECODE_THREAD) ? new KeptWorkers(decodeThreads(DECODE_THREAD)) : undefined;

/** The least that any reader in JavaScript can cost: look at every byte. */
async function byteSum(path: string): Promise<number> {
  let sum = 0;
  for await (const chunk of await bytesOf(path)) sum += sumOf(chunk);
  return sum;
}

/** A function of its own, so that it is as quick the first time as ever after. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes[i];
  return sum;
}

async function parseLines(path: string): Promise<number> {
  let spans = 0;
  for await (const line of linesOf(path)) spans += spansIn(JSON.parse(line));
  return spans;
}

/** Indented documents in a row: each ends with a brace that stands alone in its line. */
async function parseDocuments(path: string): Promise<number> {
  let spans = 0;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of await bytesOf(path)) {
    pending = Buffer.concat([pending, chunk]);
    let at = 0;
    for (let end = pending.indexOf('\n}\n'); end >= 0; end = pending.indexOf('\n}\n', at)) {
      spans += spansIn(JSON.parse(pending.toString('utf8', at, end + 2)));
      at = end + 3;
    }
    pending = pending.subarray(at);
  }
  return spans;
}

async function keepLines(path: string): Promise<number> {
  const kept: ParsedRequest[] = [];
  for await (const line of linesOf(path)) kept.push(JSON.parse(line));
  return kept.reduce((sum, request) => sum + spansIn(request), 0);
}

async function walkLines(path: string): Promise<number> {
  const walk = new ObjectWalk();
  for await (const line of linesOf(path)) walk.add(JSON.parse(line));
  return walk.spanCount;
}

async function decodeRecords(path: string): Promise<number> {
  let spans = 0;
  for await (const request of recordsOf(path)) spans += spansIn(request);
  return spans;
}

async function walkRecords(path: string): Promise<number> {
  const walk = new ObjectWalk();
  for await (const request of recordsOf(path)) walk.add(request);
  return walk.spanCount;
}

/** As the command line reads it, on every core. */
export async function readTable(path: string): Promise<SpanTable> {
  return (await load(await sourcesOf(path), { ...(threads && { workers: threads }) })).table;
}

/** Threads end with what they read from now on, as in a process that reads once; else they wait for the next reading. */
export function releaseThreads(): void {
  threads?.release();
}

/** Every number of every path: what `hopline inspect --json` prints. */
async function readNumbers(path: string): Promise<number> {
  const [table, everyNumber] = await Promise.all([readTable(path), everyNumberOf()]);
  everyNumber(table);
  return table.spanCount;
}

/** Numbers are made when they are asked for; a report asks for all of them. */
export async function everyNumberOf(): Promise<(table: SpanTable) => void> {
  const [{ analyse }, { inspectReport }] = await Promise.all([
    loadAnalyse(),
    import('../../src/analyse/inspectReport.ts'),
  ]);
  return (table) => {
    const { paths } = inspectReport(analyse(table, NO_CONFIG));
    if (paths.length === 0) throw new Error('no path was found');
  };
}

const loadAnalyse = () => import('../../src/analyse/analyse.ts');

/** A file on disk to the picture of its first path: all that `hopline render` does but write it. */
async function drawDiagram(path: string): Promise<number> {
  const [table, { analyse }, { exportSvg }] = await Promise.all([
    readTable(path),
    loadAnalyse(),
    import('../../src/diagram/exportSvg.ts'),
  ]);
  const analysis = analyse(table, NO_CONFIG);
  const svg = exportSvg(analysis.paths[0], analysis.view(0, 0.5), { width: 1280, theme: 'auto', openLayers: [] });
  if (!svg.startsWith('<svg')) throw new Error('no picture was drawn');
  return table.spanCount;
}

/** A file of one trace to what its waterfall shows. */
async function readCriticalPath(path: string): Promise<number> {
  const [table, { analyse }] = await Promise.all([readTable(path), loadAnalyse()]);
  return analyse(table, NO_CONFIG).traceDetail(0).spanCount;
}

function spansIn({ resourceSpans }: ParsedRequest): number {
  let spans = 0;
  for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans += scope.spans.length;
  return spans;
}

/** Length-prefixed records, decoded one by one. */
async function* recordsOf(path: string): AsyncGenerator<ParsedRequest> {
  const { TracesData } = await import('./otlpProto.ts');
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of await bytesOf(path)) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    let at = 0;
    for (; pending.length - at >= 4;) {
      const end = at + 4 + pending.readUInt32BE(at);
      if (end > pending.length) break;
      yield TracesData.decode(pending.subarray(at + 4, end)) as unknown as ParsedRequest;
      at = end;
    }
    pending = pending.subarray(at);
  }
}

async function bytesOf(path: string): Promise<Bytes> {
  const [source] = await sourcesOf(path);
  return readBytes(source.stream(), undefined);
}

/** As Node takes it off. */
async function gunzip(path: string): Promise<number> {
  return sizeOf(createReadStream(path, { highWaterMark: CHUNK }).pipe(createGunzip({ chunkSize: CHUNK })));
}

/** As fzstd takes it off, for neither browsers nor the oldest Node that we run on can. */
async function unzstdAlone(path: string): Promise<number> {
  let size = 0;
  const decompress = new Decompress((content) => (size += content.length));
  for await (const chunk of await bytesOf(path)) decompress.push(chunk.slice());
  return size;
}

async function sizeOf(bytes: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of bytes) size += chunk.length;
  return size;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  for await (const chunk of await bytesOf(path)) {
    let at = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, at)) {
      pending.push(chunk.subarray(at, end));
      yield Buffer.concat(pending).toString('utf8');
      pending = [];
      at = end + 1;
    }
    pending.push(chunk.subarray(at));
  }
}

function sourcesOf(path: string): Promise<readonly Source[]> {
  return fileSources({ named: [path], files: [path] }, process);
}
