import { errorText } from '../base/errorText.ts';
import type { SpanSink } from '../store/spanSink.ts';
import { counted } from './bytes/counted.ts';
import { nextTask } from './bytes/nextTask.ts';
import { close, MESSAGE_END, readBytes, type Bytes } from './bytes/readBytes.ts';
import { CONTAINERS } from './containers.ts';
import type { DecodeOptions, ReadOptions } from './decodeOptions.ts';
import { isCuttable } from './decoder.ts';
import { endIssue } from './endIssue.ts';
import { failureText, formatName } from './failureText.ts';
import { FORMATS } from './formats.ts';
import { Head } from './head.ts';
import { damageTo, HEAD_BYTES, openLayers, type Damage } from './openLayers.ts';
import { loadKernel } from './kernel/kernel.ts';
import { lookOn } from './lookOn.ts';
import { ChunkedDecoder } from './pool/chunkedDecoder.ts';
import { FileDecoder } from './pool/fileDecoder.ts';
import type { Reading } from './reading.ts';
import type { Source } from './source.ts';
import { SourceReport } from './sourceReport.ts';

export interface DecodeResult {
  /** Bytes taken in, as on disk. */
  readonly bytes: number;
  /** In words: "OTLP JSON Lines, gzip"; "unknown" where it could not be told. */
  readonly format: string;
  /** One sentence where no span could be read: what the source is instead, or why not. Null otherwise. */
  readonly failure: string | null;
}

/** How often a worker may look at its messages: a cancel waits for no more than this. */
const BYTES_BETWEEN_TASKS = 4 << 20;

/** Decodes one source into the sink. Damage becomes Issues in the sink; it throws only when aborted. */
export async function decodeSource(source: Source, sink: SpanSink, options: DecodeOptions): Promise<DecodeResult> {
  const report = new SourceReport(source.name, sink, options.limits);
  const reading: Reading = {
    report,
    layers: [],
    head: new Head(),
    format: null,
    decoder: null,
    isLong: false,
    position: 0,
  };
  let taken = 0;
  const onBytes = (count: number): void => {
    taken = count;
    options.onBytes?.(count);
  };
  const bytes = counted(readBytes(source.stream(), options.signal), onBytes);
  const invalidTexts = sink.strings.invalidTexts;
  /** Why no more of it could be read; not for damage, which is in what was read. */
  let stoppedBy: string | null = null;
  const kernel = options.kernel === undefined ? await loadKernel() : options.kernel;
  try {
    if (!sink.isFull) await readAll(bytes, reading, source, { ...options, kernel, onBytes });
  } catch (error) {
    options.signal?.throwIfAborted();
    settle(reading);
    const { code, severity, message } = endIssue(error, 'Reading');
    if (code === 'unreadable') stoppedBy = errorText(error);
    report.issue(code, severity, message, { byte: reading.position });
  }
  reading.decoder?.finish();
  if (options.kernel === undefined) kernel?.release();
  report.finish(reading.position, sink.strings.invalidTexts - invalidTexts);
  return {
    bytes: taken,
    format: [formatName(reading), ...reading.layers].join(', '),
    failure: report.spans > 0 ? null : failureText(reading, stoppedBy),
  };
}

async function readAll(raw: Bytes, reading: Reading, source: Source, options: ReadOptions): Promise<void> {
  const damage: Damage[] = [];
  let bytes = await openLayers(raw, reading, damage, source, options);
  reading.format = FORMATS.find((format) => format.matches(reading.head)) ?? null;
  if (reading.format?.mayBeLog === true) bytes = await lookOn(bytes, reading);
  const { format, report } = reading;
  reading.decoder = format !== null && 'open' in format ? format.open(report, options.kernel) : null;
  if (await readAsFile(bytes, reading, source, options)) return;
  const chunked = chunkedDecoder(reading, source, options);
  try {
    for await (const chunk of inPieces(bytes, reading, damage, source, options)) {
      if (damage.length > 0) await reportDamage(damage, reading, chunked);
      const decoder = chunked ?? reading.decoder;
      if (decoder === null || decoder.isDone || report.sink.isFull) return;
      if (chunk === MESSAGE_END) decoder.endMessage();
      else await decoder.push(chunk);
      const tasks = Math.floor(reading.position / BYTES_BETWEEN_TASKS);
      reading.position += chunk.length;
      if (Math.floor(reading.position / BYTES_BETWEEN_TASKS) === tasks) continue;
      await nextTask();
      options.signal?.throwIfAborted();
    }
  } finally {
    await reportDamage(damage, reading, chunked);
  }
}

/** The same bytes in buffers that are used again, which is quicker, where nothing on the way to the decoder keeps any. */
async function* inPieces(
  bytes: Bytes,
  { layers, report }: Reading,
  damage: Damage[],
  { file, size }: Source,
  options: ReadOptions,
): Bytes {
  const framings = CONTAINERS.filter(({ name, isFraming }) => isFraming === true && layers.includes(name));
  const isWorthIt = size !== null && size > HEAD_BYTES && framings.length === layers.length;
  if (file === undefined || !isWorthIt) return yield* bytes;
  await close(bytes);
  // What is known from the head comes again.
  damage.length = 0;
  const onDamage = damageTo(damage);
  let pieces = counted(file.pieces(0, size), options.onBytes);
  for (const framing of framings) pieces = framing.open({ bytes: pieces, limits: report.limits, onDamage });
  for await (const piece of pieces) {
    options.signal?.throwIfAborted();
    yield piece;
  }
}

/** A large file whose messages are seen from anywhere in it is read by those who decode it; false for all others. */
async function readAsFile(
  bytes: Bytes,
  reading: Reading,
  { file, size }: Source,
  options: ReadOptions,
): Promise<boolean> {
  const { report, layers, decoder } = reading;
  const { pool, signal, kernel, limits, onBytes } = options;
  if (file === undefined || size === null || pool === undefined || size < pool.sourceBytes || layers.length > 0)
    return false;
  if (reading.format === null || decoder === null || !isCuttable(decoder) || decoder.firstCut === undefined)
    return false;
  const format = FORMATS.indexOf(reading.format);
  const whole = new FileDecoder(decoder, report, { file, size, pool, format, kernel, limits, signal, onBytes });
  if (!(await whole.canCut())) return false;
  await close(bytes);
  try {
    await whole.run();
  } finally {
    reading.decoder = whole.decoder;
    reading.position = whole.decoder.passed.bytes;
  }
  return true;
}

/** What was pushed is read, and its Issues are there: a decoder may be waiting for the rest of something. */
function settle({ decoder }: Reading): void {
  if (decoder !== null && isCuttable(decoder)) decoder.settle();
}

/** Null where a source is too small, its messages cannot be told apart, or nobody is left to decode beside this thread. */
function chunkedDecoder(reading: Reading, source: Source, options: ReadOptions) {
  const { size } = source;
  const { pool, signal, kernel } = options;
  const { report, layers, decoder } = reading;
  if (pool === undefined || reading.format === null || decoder === null || !isCuttable(decoder)) return null;
  const isPacked = CONTAINERS.some(({ name, isCompression }) => isCompression === true && layers.includes(name));
  if (size !== null && size < (isPacked ? pool.packedBytes : pool.sourceBytes)) return null;
  if (size !== null) pool.start();
  // Of an unknown size: where so much came, as much may be to come.
  const near = size === null ? 2 * pool.sourceBytes : 0;
  if (near === Infinity) return null;
  const format = FORMATS.indexOf(reading.format);
  return new ChunkedDecoder(decoder, report, { pool, format, kernel, near, signal });
}

/** After the Issues of what stands before it. */
async function reportDamage(damage: Damage[], reading: Reading, chunked: ChunkedDecoder | null): Promise<void> {
  if (chunked !== null) {
    await chunked.drain();
    reading.decoder = chunked.decoder;
  }
  if (damage.length > 0) settle(reading);
  for (const { message, byte } of damage.splice(0)) {
    reading.report.issue('damaged-record', 'error', `A record was left out: ${message}.`, { byte });
  }
}
