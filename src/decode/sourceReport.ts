import { formatInteger } from '../base/format.ts';
import type { Issue } from '../base/issues.ts';
import type { Limits } from '../config/limits.ts';
import type { SpanSink } from '../store/spanSink.ts';
import { MemoryPeaks, type PodPeak } from './memoryPeaks.ts';
import { serverWords } from './serverWords.ts';

/** Where in the source: a byte offset (from 0, after decompression), and for text a line (from 1). */
export interface Position {
  readonly byte: number;
  readonly line?: number;
}

/** What was read of a source, or of a part of it. */
export interface Counts {
  readonly spans: number;
  /** Spans whose ids are invalid. */
  readonly refused: number;
  readonly logRecords: number;
  /** Metrics that were passed over. */
  readonly metrics: number;
  /** What those said that were read. */
  readonly memory: readonly PodPeak[];
}

const LIMIT_REACHED = 'The limit of spans, text, resources or scopes in one dataset is reached';

/** What decoding one source has come to so far. */
export class SourceReport {
  readonly source: string;
  readonly sink: SpanSink;
  readonly limits: Limits;
  spans = 0;
  /** Spans whose ids are invalid. */
  refused = 0;
  logRecords = 0;
  /** Those that were passed over without being read. */
  metrics = 0;
  readonly memory = new MemoryPeaks();
  /** The envelope of OTLP was seen, with or without spans in it. */
  isRecognised = false;
  /** This is about a part of a source: spans stand before it. */
  isPart = false;
  /** The first thing that was wrong, for the sentence that says why nothing was read. */
  firstError: string | null = null;

  readonly #inUnit: { readonly code: string; readonly message: string; readonly at: Position }[] = [];

  constructor(source: string, sink: SpanSink, limits: Limits) {
    this.source = source;
    this.sink = sink;
    this.limits = limits;
  }

  /** The source has spans, here or before. */
  get holdsSpans(): boolean {
    return this.isPart || this.spans > 0;
  }

  get counts(): Counts {
    const { spans, refused, logRecords, metrics, memory } = this;
    return { spans, refused, logRecords, metrics: metrics + memory.passedOver, memory: memory.list };
  }

  /** Takes over what a part of the source came to that was decoded apart; `start` is where the part begins. */
  add(counts: Counts, issues: readonly Issue[], start: Required<Position>): void {
    this.spans += counts.spans;
    this.refused += counts.refused;
    this.logRecords += counts.logRecords;
    this.metrics += counts.metrics;
    for (const peak of counts.memory) this.memory.keep(peak);
    for (const { code, severity, message, count, firstAt } of issues) {
      const at = { byte: start.byte + (firstAt?.byte ?? 0) };
      const line = firstAt?.line;
      // The part's first line is the rest of the line in which it begins.
      this.issue(code, severity, message, line === undefined ? at : { ...at, line: start.line + line - 1 }, count);
    }
  }

  /** The sink did not take a span: a limit is reached, or its ids are invalid. */
  refuse(at: Position): void {
    if (this.sink.isFull) return;
    this.refused++;
    this.issue(
      'invalid-id',
      'warning',
      'Spans without a valid trace id (16 bytes) and span id (8 bytes) were left out.',
      at,
    );
  }

  /** An Issue about the unit that is being read. It counts once the unit is read to its end: it may be read again. */
  issueInUnit(code: string, message: string, at: Position): void {
    this.#inUnit.push({ code, message, at });
  }

  unknownEnum(at: Position): void {
    this.issueInUnit(
      'unknown-enum',
      'Span kinds and status codes that OTLP does not have were read as unspecified.',
      at,
    );
  }

  /** A server says that its answer is not all of a trace, and perhaps why. */
  partialAnswer(reason: string, at: Position): void {
    const said = reason === '' ? '' : `: ${serverWords(reason)}`;
    this.issue('partial-answer', 'warning', `The server answered with a part of a trace${said}.`, at);
  }

  endUnit(): void {
    if (this.#inUnit.length === 0) return;
    for (const { code, message, at } of this.#inUnit) this.issue(code, 'warning', message, at);
    this.dropUnit();
  }

  /** The unit was cut off or is damaged: what was read of it is taken back. */
  dropUnit(): void {
    this.#inUnit.length = 0;
  }

  /** `at` is null where it is seen only when all was read. */
  issue(code: string, severity: Issue['severity'], message: string, at: Position | null, count = 1): void {
    const place = at === null ? '' : at.line === undefined ? `byte ${at.byte}: ` : `line ${at.line}: `;
    if (severity === 'error') this.firstError ??= place + message;
    this.sink.issues.add(code, severity, message, { source: this.source, ...at }, count);
  }

  /** At the end of the source: what is known only now. `invalidTexts` are the strings in it that are not UTF-8. */
  finish(byte: number, invalidTexts: number): void {
    this.memory.writeTo(this.sink);
    const { metrics } = this.counts;
    if (this.logRecords > 0) this.issue('log-records', 'info', 'Log records were passed over.', null, this.logRecords);
    if (metrics > 0) {
      const message = 'Metrics were passed over: of metrics only the memory of services is read.';
      this.issue('metrics', 'info', message, null, metrics);
    }
    if (invalidTexts > 0) {
      const message = 'Texts that are not UTF-8 are shown with � where they are not.';
      this.issue('bad-utf8', 'warning', message, null, invalidTexts);
    }
    const { fullBecause, spanCount } = this.sink;
    if (fullBecause !== null) {
      const reasons = { limit: LIMIT_REACHED, memory: 'There is no memory for more spans' };
      const message = `${reasons[fullBecause]}: ${formatInteger(spanCount)} spans were loaded, and what came after was left out.`;
      this.issue(fullBecause, 'error', message, { byte });
    }
  }
}
