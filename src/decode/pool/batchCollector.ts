import type { IssueLog } from '../../base/issues.ts';
import type { Limits } from '../../config/limits.ts';
import type { SpanBatch } from '../../store/spanBatch.ts';
import { SpanTableBuilder } from '../../store/spanTableBuilder.ts';
import { packedCopy } from './packedCopy.ts';

/**
 * A sink whose content goes to another one. As long as batches are all that comes, they are handed on as they are:
 *
 *     append(a)  append(b)                                   →   a · b
 *     append(a)  startSpan() … addSpan()  append(b)          →   one batch of all of it
 *
 * so that what the kernel made of a chunk is put together once, where it belongs.
 */
export class BatchCollector extends SpanTableBuilder {
  readonly #spare: ArrayBuffer[];
  #batches: SpanBatch[] = [];
  /** Something else than a batch has come. */
  #isMerging = false;

  /** `spare` are buffers for batches. */
  constructor(issues: IssueLog, limits: Limits, spare: ArrayBuffer[]) {
    super(issues, limits, { isForBatch: true });
    this.#spare = spare;
  }

  /** Everything that came. The collector is used up by it. */
  takeBatches(): readonly SpanBatch[] {
    return this.#isMerging ? [this.takeBatch()] : this.#batches;
  }

  override append(batch: SpanBatch, resource = 0, scope = 0): number {
    if (this.#isMerging) return super.append(batch, resource, scope);
    this.#batches.push(packedCopy(batch, this.#spare));
    return batch.spans.count;
  }

  override openResource(): number {
    this.#merge();
    return super.openResource();
  }

  override openScope(): number {
    this.#merge();
    return super.openScope();
  }

  override startSpan(): void {
    this.#merge();
    super.startSpan();
  }

  #merge(): void {
    this.#isMerging = true;
    for (const batch of this.#batches.splice(0)) super.append(batch);
  }
}
