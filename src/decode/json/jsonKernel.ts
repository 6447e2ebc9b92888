import type { SpanSink } from '../../store/spanSink.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { StopReason } from '../kernel/kernelExports.ts';
import { KernelFeed } from '../kernel/kernelFeed.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { JsonCursor } from './jsonCursor.ts';

/** A larger element of `resourceSpans` is not waited for: its spans are taken from it as they come. */
const LARGE_ELEMENT = 1 << 20;

/** What the kernel takes of OTLP/JSON (../kernel/assembly/json.ts), from the place where the cursor stands. */
export class JsonKernel {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #feed: KernelFeed;

  static of(cursor: JsonCursor, report: SourceReport, kernel: Kernel | null): JsonKernel | null {
    const feed = KernelFeed.of(kernel, report);
    return feed && new JsonKernel(cursor, report.sink, feed);
  }

  private constructor(cursor: JsonCursor, sink: SpanSink, feed: KernelFeed) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#feed = feed;
  }

  /** Takes an element of `resourceSpans`; 'ranOut' where it should be offered again when more of it is there. */
  takeResourceSpans(): 'taken' | 'left' | 'ranOut' {
    if (!this.#canRead) return 'left';
    const reason = this.#take('jsonResourceSpans', 0, 0);
    if (reason === StopReason.done) return 'taken';
    const isWaitedFor = reason === StopReason.ranOut && this.#cursor.end - this.#cursor.pos < LARGE_ELEMENT;
    return isWaitedFor ? 'ranOut' : 'left';
  }

  /** Takes spans of the resource and scope that are open, from the one at the cursor on; false where it takes none. */
  takeSpans(): boolean {
    if (!this.#canRead) return false;
    const start = this.#cursor.pos;
    const { resource, scope } = this.#sink.span;
    this.#take('jsonSpans', resource, scope);
    return this.#cursor.pos > start;
  }

  /** Before anything else is written to the sink. */
  flush(): void {
    this.#feed.flush();
  }

  get #canRead(): boolean {
    return this.#cursor.isInFirstBuffer && !this.#feed.isPointless;
  }

  #take(entry: 'jsonResourceSpans' | 'jsonSpans', resource: number, scope: number): StopReason {
    const cursor = this.#cursor;
    const { kernel } = this.#feed;
    const { lines } = kernel;
    const reason = this.#feed.take(entry, cursor.pos, cursor.end, resource, scope);
    cursor.pos = kernel.taken;
    cursor.line += kernel.lines - lines;
    return reason;
  }
}
