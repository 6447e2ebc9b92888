import type { Kernel } from '../kernel/kernel.ts';
import { StopReason } from '../kernel/kernelExports.ts';
import { KernelFeed } from '../kernel/kernelFeed.ts';
import type { SourceReport } from '../sourceReport.ts';
import type { ProtobufCursor } from './protobufCursor.ts';
import type { Level } from './protobufLevels.ts';

/** Messages of more bytes are read a span at a time: a whole one has to be in the kernel's input. */
const WHOLE_MESSAGE = 1 << 21;
/** What is in messages of fewer bytes than this is not worth a batch of its own. */
const MANY_SPANS = 1 << 15;

/** What the kernel takes of OTLP protobuf (../kernel/assembly/protobuf.ts). Every answer is false where it takes nothing. */
export class ProtobufKernel {
  readonly #cursor: ProtobufCursor;
  readonly #report: SourceReport;
  readonly #feed: KernelFeed;

  static of(cursor: ProtobufCursor, report: SourceReport, kernel: Kernel | null): ProtobufKernel | null {
    const feed = KernelFeed.of(kernel, report);
    return feed && new ProtobufKernel(cursor, report, feed);
  }

  private constructor(cursor: ProtobufCursor, report: SourceReport, feed: KernelFeed) {
    this.#cursor = cursor;
    this.#report = report;
    this.#feed = feed;
  }

  /** Whether the ResourceSpans between the cursor and `end` is to be waited for, and offered as a whole. */
  wantsWhole(end: number): boolean {
    const length = end - this.#cursor.pos;
    return length <= WHOLE_MESSAGE && this.#canRead;
  }

  /** Takes the ResourceSpans between the cursor and `end`, if it is in the buffer. */
  takeResourceSpans(end: number): boolean {
    const cursor = this.#cursor;
    if (end > cursor.end || this.#feed.take('protobufResourceSpans', cursor.pos, end, 0, 0) !== StopReason.done)
      return false;
    cursor.pos = end;
    this.#report.isRecognised = true;
    return true;
  }

  /** Takes spans of this message, in the middle of which the cursor stands, as long as there are spans. */
  takeSpans({ message, length, end }: Level, resource: number, scope: number): boolean {
    const cursor = this.#cursor;
    if (message !== 'scopeSpans' || length < MANY_SPANS || !this.#canRead) return false;
    const start = cursor.pos;
    this.#feed.take('protobufSpans', start, Math.min(end - cursor.offset, cursor.end), resource, scope);
    if (this.#feed.kernel.taken === start) return false;
    cursor.pos = this.#feed.kernel.taken;
    this.#report.isRecognised = true;
    return true;
  }

  /** Before anything else is written to the sink. */
  flush(): void {
    this.#feed.flush();
  }

  get #canRead(): boolean {
    return this.#cursor.isInFirstBuffer && !this.#feed.isPointless;
  }
}
