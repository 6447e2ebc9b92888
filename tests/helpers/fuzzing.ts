import { IssueLog, type Issue } from '../../src/base/issues.ts';
import { LIMITS, type Limits } from '../../src/config/limits.ts';
import { decodeSource } from '../../src/decode/decodeSource.ts';
import type { Decoded } from '../../src/decode/format.ts';
import { FORMATS } from '../../src/decode/formats.ts';
import type { Kernel } from '../../src/decode/kernel/kernel.ts';
import { SourceReport } from '../../src/decode/sourceReport.ts';
import { sourcesIn } from '../../src/decode/sourcesIn.ts';
import { SpanTableBuilder } from '../../src/store/spanTableBuilder.ts';
import { memorySource } from './otlpDecode.ts';
import { tableContent } from './otlpTable.ts';

export interface Input {
  /** Sizes of the chunks, used over and over; all in one by default. */
  readonly chunks?: readonly number[];
  /** Null for the TypeScript decoders alone. */
  readonly kernel: Kernel | null;
  readonly limits?: Partial<Limits>;
}

/** What a file came to, in a form that two readings of it are compared in. */
export interface Outcome {
  readonly content: ReturnType<typeof tableContent>;
  readonly issues: readonly Issue[];
  /** Of each source without a span. */
  readonly failures: readonly string[];
}

/** Reads the bytes as `load` does: out of archives and compressions, in the format that they are found to be in. */
export async function readAsFound(bytes: Uint8Array, input: Input): Promise<Outcome> {
  const issues = new IssueLog();
  const limits = { ...LIMITS, ...input.limits };
  const builder = new SpanTableBuilder(issues, limits);
  const failures: string[] = [];
  const onUnread = (name: string, why: string): void => void failures.push(`${name}: ${why}`);
  const source = memorySource(bytes, { name: 'traces', ...(input.chunks && { chunks: input.chunks }) });
  for await (const inner of sourcesIn(source, { limits, issues, onUnread })) {
    const { failure } = await decodeSource(inner, builder, { limits, kernel: input.kernel });
    if (failure !== null) failures.push(`${inner.name}: ${failure}`);
  }
  return { content: tableContent(builder.finish()), issues: issues.list(), failures };
}

/** Every decoder there is, by the name of what it reads. */
export const DECODERS: readonly (readonly [name: string, open: Decoded['open']])[] = [
  ...new Set(FORMATS.flatMap((format) => ('open' in format ? [format.open] : []))),
].map((open) => [open(new SourceReport('', new SpanTableBuilder(), LIMITS), null).format, open]);

/** Reads the bytes by one decoder, whatever they are. */
export function readBy(open: Decoded['open'], bytes: Uint8Array, { chunks = [], kernel, limits }: Input): Outcome {
  const all = { ...LIMITS, ...limits };
  const issues = new IssueLog();
  const builder = new SpanTableBuilder(issues, all);
  const report = new SourceReport('traces', builder, all);
  const decoder = open(report, kernel);
  for (let at = 0, i = 0; at < bytes.length && !decoder.isDone && !builder.isFull; i++) {
    const size = chunks.length === 0 ? bytes.length : chunks[i % chunks.length];
    decoder.push(bytes.subarray(at, at + size));
    at += size;
  }
  decoder.finish();
  report.finish(bytes.length, builder.strings.invalidTexts);
  return { content: tableContent(builder.finish()), issues: issues.list(), failures: [] };
}
