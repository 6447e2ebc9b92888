import { grown, hasMemoryFor } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import type { ListNumbers } from './batchNumbers.ts';
import type { BatchSlots } from './spanBatch.ts';
import type { FullBecause } from './spanSink.ts';

const FIRST_CAPACITY = 64;
const EMPTY = 0;

/** Resources or scopes, filled in after they were opened. Slot 0 is the empty one. Scopes alone have name and version. */
export class Slots {
  count = 1;
  /** Set where there was no room for one more. */
  fullBecause: FullBecause | null = null;
  shape = new Uint32Array(FIRST_CAPACITY);
  offset = new Uint32Array(FIRST_CAPACITY);
  name = new Uint32Array(FIRST_CAPACITY);
  version = new Uint32Array(FIRST_CAPACITY);

  /** Slots beside the empty one. */
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** The empty one where there is no room for another. */
  open(): number {
    if (this.count > this.#most) this.fullBecause ??= 'limit';
    else if (!hasMemoryFor(() => this.#reserve(this.count + 1))) this.fullBecause ??= 'memory';
    return this.fullBecause === null ? this.count++ : EMPTY;
  }

  fill(slot: number, shape: number, offset: number, name = 0, version = 0): void {
    if (slot === EMPTY) return;
    this.shape[slot] = shape;
    this.offset[slot] = offset;
    this.name[slot] = name;
    this.version[slot] = version;
  }

  /**
   * Opens a slot for each of a batch's but its slot 0, which is `zero` here. Returns the numbers here. The limit is
   * looked at before a batch, not in its middle. Throws a RangeError where there is no memory.
   */
  append(batch: BatchSlots, zero: number, numbers: ListNumbers): Uint32Array {
    const slots = new Uint32Array(batch.count);
    slots[0] = zero;
    this.#reserve(this.count + batch.count - 1);
    for (let i = 1; i < batch.count; i++) {
      slots[i] = this.count++;
      const shape = numbers.shapes[batch.shape[i]];
      const offset = shape === EMPTY_SHAPE ? 0 : batch.offset[i] + numbers.firstValue;
      const name = batch.name === undefined ? 0 : numbers.strings[batch.name[i]];
      const version = batch.version === undefined ? 0 : numbers.strings[batch.version[i]];
      this.fill(slots[i], shape, offset, name, version);
    }
    if (this.count > this.#most + 1) this.fullBecause ??= 'limit';
    return slots;
  }

  #reserve(count: number): void {
    for (const key of ['shape', 'offset', 'name', 'version'] as const) this[key] = grown(this[key], count);
  }

  columns(): BatchSlots {
    const { count, shape, offset, name, version } = this;
    return { count, shape, offset, name, version };
  }
}
