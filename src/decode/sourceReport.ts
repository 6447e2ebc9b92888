import type { Issue } from '../base/issues.ts';
import type { Limits } from '../config/limits.ts';
import type { SpanSink } from '../store/spanSink.ts';

/** Where in the source: a byte offset (from 0, after decompression), and for text a line (from 1). */
export interface Position {
  readonly byte: number;
  readonly line?: number;
}

/** What decoding one source has come to so far. */
export class SourceReport {
  readonly source: string;
  readonly sink: SpanSink;
  readonly limits: Limits;
  spans = 0;
  /** Spans whose ids are invalid. */
  refused = 0;
  logRecords = 0;
  metrics = 0;
  /** The envelope of OTLP was seen, with or without spans in it. */
  isRecognised = false;
  /** The first thing that was wrong, for the sentence that says why nothing was read. */
  firstError: string | null = null;

  constructor(source: string, sink: SpanSink, limits: Limits) {
    this.source = source;
    this.sink = sink;
    this.limits = limits;
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

  issue(code: string, severity: Issue['severity'], message: string, at: Position, count = 1): void {
    if (severity === 'error') this.firstError ??= message;
    this.sink.issues.add(code, severity, message, { source: this.source, ...at }, count);
  }
}
