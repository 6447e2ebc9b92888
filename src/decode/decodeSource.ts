import type { Limits } from '../config/limits.ts';
import type { SpanSink } from '../store/spanSink.ts';
import { nextTask } from './bytes/nextTask.ts';
import { peek, type Peeked } from './bytes/peek.ts';
import { DamagedError, MESSAGE_END, readBytes, type Bytes, type OpenBytes } from './bytes/readBytes.ts';
import { CONTAINERS } from './containers.ts';
import type { Decoder } from './decoder.ts';
import { FORMATS } from './formats.ts';
import type { Source } from './source.ts';
import { SourceReport } from './sourceReport.ts';

export interface DecodeOptions {
  readonly limits: Limits;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called as bytes of this source are taken in, with their number so far (as on disk, before decompression). */
  readonly onBytes?: (bytes: number) => void;
}

export interface DecodeResult {
  /** Bytes taken in, as on disk. */
  readonly bytes: number;
  /** In words: "OTLP JSON Lines, gzip"; "unknown" where it could not be told. */
  readonly format: string;
  /** One sentence where no span could be read: what the source is instead, or why not. Null otherwise. */
  readonly failure: string | null;
}

/** Enough to name any format by. */
const HEAD_BYTES = 1 << 16;
/** How often a worker may look at its messages: a cancel waits for no more than this. */
const BYTES_BETWEEN_TASKS = 8 << 20;
/** gzip in gzip happens; more is a bomb. */
const CONTAINERS_DEEP = 3;

/** Decodes one source into the sink. Damage becomes Issues in the sink; it throws only when aborted. */
export async function decodeSource(source: Source, sink: SpanSink, options: DecodeOptions): Promise<DecodeResult> {
  const report = new SourceReport(source.name, sink, options.limits);
  const progress = { bytes: 0 };
  const open: OpenBytes = () =>
    counted(readBytes(source.stream(), options.signal), (bytes) => {
      progress.bytes = Math.max(progress.bytes, bytes);
      options.onBytes?.(progress.bytes);
    });
  const reading: Reading = { decoder: null, layers: [], position: 0 };
  try {
    await readAll(open, source.size !== null, report, reading);
  } catch (error) {
    options.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : String(error);
    const what = error instanceof DamagedError ? 'damaged' : 'unreadable';
    report.issue(what, 'error', `Reading ended early: ${reason}. What came before was read.`, {
      byte: reading.position,
    });
  }
  reading.decoder?.finish();
  if (sink.isFull) {
    const message = 'The limit of spans or text in one dataset is reached; what came after was left out.';
    report.issue('limit', 'error', message, { byte: reading.position });
  }
  return {
    bytes: progress.bytes,
    format: [reading.decoder?.format ?? 'unknown', ...reading.layers].join(', '),
    failure: report.spans > 0 ? null : failureOf(report, reading),
  };
}

/** How far reading has come, so that what is known is known after an error too. */
interface Reading {
  decoder: Decoder | null;
  readonly layers: string[];
  /** Bytes given to the decoder. */
  position: number;
}

async function readAll(open: OpenBytes, canReopen: boolean, report: SourceReport, reading: Reading): Promise<void> {
  const { head, bytes } = await openLayers(open, canReopen, report, reading);
  reading.decoder = FORMATS.find((format) => format.matches(head))?.open(report) ?? null;
  for await (const chunk of bytes) {
    if (reading.decoder === null || reading.decoder.isDone || report.sink.isFull) return;
    if (chunk === MESSAGE_END) reading.decoder.endMessage();
    else reading.decoder.push(chunk);
    const before = reading.position;
    reading.position += chunk.length;
    if (Math.floor(before / BYTES_BETWEEN_TASKS) !== Math.floor(reading.position / BYTES_BETWEEN_TASKS))
      await nextTask();
  }
}

/** Takes off compression and framing, layer by layer. */
async function openLayers(
  open: OpenBytes,
  canReopen: boolean,
  report: SourceReport,
  reading: Reading,
): Promise<Peeked> {
  let peeked = await peek(open(), HEAD_BYTES);
  let reopen = canReopen ? open : null;
  for (;;) {
    const { head, bytes } = peeked;
    const container = CONTAINERS.find((candidate) => candidate.matches(head));
    if (container === undefined || reading.layers.length === CONTAINERS_DEEP) return peeked;
    reading.layers.push(container.name);
    const onDamage = (error: DamagedError): void => {
      report.issue('damaged', 'error', `A block was left out: ${error.message}.`, { byte: reading.position });
    };
    const content = container.open({ bytes, reopen, limits: report.limits, onDamage });
    reopen = null;
    peeked = await peek(content, HEAD_BYTES);
  }
}

function failureOf(report: SourceReport, reading: Reading): string {
  if (reading.decoder === null) return 'this is no format of traces that Hopline knows';
  return report.firstError ?? `this is ${reading.decoder.format} without any span`;
}

async function* counted(bytes: Bytes, onBytes: (bytes: number) => void): Bytes {
  let count = 0;
  for await (const chunk of bytes) {
    count += chunk.length;
    onBytes(count);
    yield chunk;
  }
}
