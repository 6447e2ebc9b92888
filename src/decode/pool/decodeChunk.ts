import { IssueLog } from '../../base/issues.ts';
import type { Limits } from '../../config/limits.ts';
import { isCuttable, type CuttableDecoder } from '../decoder.ts';
import { FORMATS } from '../formats.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SourceReport } from '../sourceReport.ts';
import { BatchCollector } from './batchCollector.ts';
import type { Chunk, ChunkResult } from './chunk.ts';

export interface ChunkDecoding {
  readonly format: number;
  readonly limits: Limits;
  readonly kernel: Kernel | null;
  /** Gives the decoder its bytes. */
  readonly push: (decoder: CuttableDecoder) => Promise<void>;
  /** Buffers for batches; what is used of them is taken out. */
  readonly spare: ArrayBuffer[];
}

/** Decodes a chunk as if nothing stood around it. Whether the dataset has room for its spans is told where it is appended. */
export async function decodeChunk({ format, limits, kernel, push, spare }: ChunkDecoding): Promise<ChunkResult> {
  const issues = new IssueLog();
  const unlimited: Limits = { ...limits, spans: Infinity, owners: Infinity, stringBytes: Infinity };
  const sink = new BatchCollector(issues, unlimited, spare);
  const report = new SourceReport('', sink, unlimited);
  report.isPart = report.isRecognised = true;
  const decoder = openCuttable(format, report, kernel);
  await push(decoder);
  const isWhole = decoder.settle() && !decoder.isDone;
  const { counts } = report;
  return { batches: sink.takeBatches(), issues: issues.list(), counts, passed: decoder.passed, isWhole };
}

/** Gives a decoder the chunk's bytes and tells it where messages end. */
export function pushChunk(decoder: CuttableDecoder, { bytes, ends }: Pick<Chunk, 'bytes' | 'ends'>): void {
  let start = 0;
  for (const end of ends) {
    decoder.push(bytes.subarray(start, end));
    decoder.endMessage();
    start = end;
  }
  if (start < bytes.length) decoder.push(bytes.subarray(start));
}

/** A decoder of one of FORMATS, whose messages are known to stand alone. */
export function openCuttable(format: number, report: SourceReport, kernel: Kernel | null): CuttableDecoder {
  const found = FORMATS[format];
  const decoder = 'open' in found ? found.open(report, kernel) : null;
  if (decoder === null || !isCuttable(decoder)) throw new Error('Hopline bug: a chunk of a format that cannot be cut');
  return decoder;
}
