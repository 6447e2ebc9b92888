import { analyse } from '../../src/analyse/analyse.ts';
import { fileSources } from '../../src/cli/fileSource.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { exportSvg } from '../../src/diagram/exportSvg.ts';
import { load } from '../../src/pipeline.ts';
import type { SpanTable } from '../../src/store/spanTable.ts';
import { TracesData } from './otlpProto.ts';

/** Ways to read a file. Each gives a number that shows that it did its work: spans, lines, records, or a sum of bytes. */
export type ReaderName = keyof typeof READERS;

export const READERS = {
  'byte-sum': byteSum,
  'JSON.parse': parseLines,
  'JSON.parse, kept': keepLines,
  protobufjs: decodeRecords,
  'Hopline table': async (path: string) => (await readTable(path)).spanCount,
  'Hopline diagram': drawDiagram,
} as const;

const NEWLINE = 0x0a;

/** The least that any reader in JavaScript can cost: look at every byte. */
async function byteSum(path: string): Promise<number> {
  let sum = 0;
  for await (const chunk of chunksOf(path)) for (let i = 0; i < chunk.length; i++) sum += chunk[i];
  return sum;
}

async function parseLines(path: string): Promise<number> {
  let spans = 0;
  for await (const line of linesOf(path)) spans += spansIn(JSON.parse(line));
  return spans;
}

async function keepLines(path: string): Promise<number> {
  const kept: unknown[] = [];
  for await (const line of linesOf(path)) kept.push(JSON.parse(line));
  return kept.reduce((sum: number, request) => sum + spansIn(request), 0);
}

/** Length-prefixed records, decoded one by one and dropped. */
async function decodeRecords(path: string): Promise<number> {
  let spans = 0;
  let pending: Buffer = Buffer.alloc(0);
  for await (const chunk of chunksOf(path)) {
    pending =
      pending.length === 0
        ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
        : Buffer.concat([pending, chunk]);
    let at = 0;
    for (; pending.length - at >= 4;) {
      const end = at + 4 + pending.readUInt32BE(at);
      if (end > pending.length) break;
      spans += spansIn(TracesData.decode(pending.subarray(at + 4, end)));
      at = end;
    }
    pending = pending.subarray(at);
  }
  return spans;
}

export async function readTable(path: string): Promise<SpanTable> {
  return (await load(await fileSources([path], process))).table;
}

/** A file on disk to the picture of its first path: all that `hopline render` does but write it. */
async function drawDiagram(path: string): Promise<number> {
  const table = await readTable(path);
  const analysis = analyse(table, NO_CONFIG);
  const svg = exportSvg(analysis.paths[0], analysis.view(0, 0.5), { width: 1280, theme: 'auto', openLayers: [] });
  if (!svg.startsWith('<svg')) throw new Error('no picture was drawn');
  return table.spanCount;
}

function spansIn(request: unknown): number {
  let spans = 0;
  for (const { scopeSpans } of (request as RequestLike).resourceSpans)
    for (const scope of scopeSpans) spans += scope.spans.length;
  return spans;
}

interface RequestLike {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly unknown[] }[] }[];
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  const [source] = await fileSources([path], process);
  const reader = source.stream().getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  let pending: Uint8Array[] = [];
  for await (const chunk of chunksOf(path)) {
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
