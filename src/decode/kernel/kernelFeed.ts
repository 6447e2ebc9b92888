import type { SourceReport } from '../sourceReport.ts';
import type { Kernel } from './kernel.ts';
import { StopReason, type KernelEntry } from './kernelExports.ts';

/** As assembly/protobufCompound.ts has it: deeper values are odd. */
const KERNEL_DEPTH = 8;
/** So many odd units are looked at before it is decided whether there are too many; */
const TRIAL = 32;
/** with less than this between two of them, asking costs more than it saves: a batch of its own, a trap. */
const BYTES_AN_ODD = 1 << 15;

/**
 * What a decoder has of the kernel: it offers units, and hands the batch on before it writes anything itself.
 *
 *     units     a  b  c! d  e       c is odd
 *     kernel    a  b     d  e
 *     sink      [a b] c  [d e]      in the order of the bytes
 */
export class KernelFeed {
  readonly kernel: Kernel;
  readonly #report: SourceReport;
  /** What the batch's resource and scope of number 0 are in the sink. */
  #resource = 0;
  #scope = 0;
  /** Bytes in the batch, and taken altogether. */
  #bytes = 0;
  #allBytes = 0;
  #odd = 0;

  /** Null where there is no kernel, or limits that it does not know of could be reached inside a unit. */
  static of(kernel: Kernel | null, report: SourceReport): KernelFeed | null {
    const { depth, unitBytes } = report.limits;
    if (kernel === null || depth < KERNEL_DEPTH || unitBytes < kernel.input.length) return null;
    return new KernelFeed(kernel, report);
  }

  private constructor(kernel: Kernel, report: SourceReport) {
    this.kernel = kernel;
    this.#report = report;
    kernel.reset();
  }

  /** Too much of what was offered came back: the rest of the source is read without the kernel. */
  get isPointless(): boolean {
    return this.#odd >= TRIAL && this.#allBytes < this.#odd * BYTES_AN_ODD;
  }

  /**
   * Lets the kernel take the units between `pos` and `end` of its input, which belong to this resource and scope unless
   * they bring their own. Where it stopped is in `kernel.taken`; the reason is never `full`.
   */
  take(entry: KernelEntry, pos: number, end: number, resource: number, scope: number): StopReason {
    const { kernel } = this;
    if (resource !== this.#resource || scope !== this.#scope || this.#bytes >= kernel.batchBytes) {
      this.flush();
      this.#resource = resource;
      this.#scope = scope;
    }
    let from = pos;
    for (;;) {
      const reason = kernel.run(entry, from, end);
      this.#bytes += kernel.taken - from;
      this.#allBytes += kernel.taken - from;
      const isTooLarge = reason === StopReason.full && this.#bytes === 0;
      if (reason === StopReason.odd || isTooLarge) this.#odd++;
      if (isTooLarge) return StopReason.odd;
      if (reason !== StopReason.full) return reason;
      this.flush();
      from = kernel.taken;
    }
  }

  /** Hands on what the kernel has taken: before the decoder writes to the sink, and at the end. */
  flush(): void {
    if (this.#bytes === 0) return;
    const { sink } = this.#report;
    this.#report.spans += sink.append(this.kernel.batch(), this.#resource, this.#scope);
    this.kernel.reset();
    this.#bytes = 0;
  }
}
