import { grown } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';
import type { ListNumbers } from './batchNumbers.ts';
import type { BatchSlots } from './spanBatch.ts';

const FIRST_CAPACITY = 64;

/** Resources or scopes, filled in after they were opened. Slot 0 is the empty one. Scopes alone have name and version. */
export class Slots {
  count = 1;
  shape = new Uint32Array(FIRST_CAPACITY);
  offset = new Uint32Array(FIRST_CAPACITY);
  name = new Uint32Array(FIRST_CAPACITY);
  version = new Uint32Array(FIRST_CAPACITY);

  open(): number {
    const slot = this.count;
    for (const key of ['shape', 'offset', 'name', 'version'] as const) this[key] = grown(this[key], slot + 1);
    this.count++;
    return slot;
  }

  fill(slot: number, shape: number, offset: number, name = 0, version = 0): void {
    this.shape[slot] = shape;
    this.offset[slot] = offset;
    this.name[slot] = name;
    this.version[slot] = version;
  }

  /** Opens a slot for each of a batch's but its slot 0, which is `zero` here. Returns the numbers here. */
  append(batch: BatchSlots, zero: number, numbers: ListNumbers): Uint32Array {
    const slots = new Uint32Array(batch.count);
    slots[0] = zero;
    for (let i = 1; i < batch.count; i++) {
      slots[i] = this.open();
      const shape = numbers.shapes[batch.shape[i]];
      const offset = shape === EMPTY_SHAPE ? 0 : batch.offset[i] + numbers.firstValue;
      const name = batch.name === undefined ? 0 : numbers.strings[batch.name[i]];
      const version = batch.version === undefined ? 0 : numbers.strings[batch.version[i]];
      this.fill(slots[i], shape, offset, name, version);
    }
    return slots;
  }

  columns(): BatchSlots {
    const { count, shape, offset, name, version } = this;
    return { count, shape, offset, name, version };
  }
}
