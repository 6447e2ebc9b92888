import { grown } from '../base/growable.ts';
import type { PagedWords } from '../base/pagedWords.ts';
import { PairIds } from '../base/pairIds.ts';
import { AttributeLookup, type AttributeValue, type Attributes } from '../store/attributes.ts';

/** Lists of attributes, by number: spans by row, or resources. */
export interface Lists {
  readonly shape: Uint32Array;
  readonly offset: Uint32Array;
  /** What else tells two lists apart: the span's kind. */
  readonly kind?: Uint8Array;
}

/** Above any `kind`. */
const KINDS = 8;
/** Lists whose values fit into the processor's cache together. */
const BLOCK = 512;
/** A node that has not been met yet. */
const UNKNOWN = 0;

/** The list that a rule asks about. */
export interface Asked<Key extends string> {
  readonly kind: number;
  /** Undefined where the list does not have the key. */
  value(key: Key): AttributeValue | undefined;
  /** The value as text; undefined where it is absent or says nothing (empty, zero, false). */
  text(key: Key): string | undefined;
  has(key: Key): boolean;
}

/**
 * A rule's answer, a number, for each list. A rule sees nothing of a list but its kind, which keys it has, and the
 * values that it asks for: so it runs once for each sequence of values that it was told, not once a span.
 *
 *     CLIENT spans with db.system, peer.service, http.method
 *
 *     ● db.system ─┬─ redis ──▶ ● peer.service ─┬─ cache-1 ──▶ answer 0
 *                  │                            └─ cache-2 ──▶ answer 1
 *                  └─ "" ─────▶ ● http.method ──── GET ──────▶ answer 2
 *
 * One tree for each kind and shape. All that a rule asks for has to be in `keys`.
 */
export class Answers<Key extends string> {
  /** What was read ahead; kept, because a compiler leaves out what nobody keeps. */
  touched = 0;
  /** By shape and kind: the tree's first node. */
  readonly #roots: Int32Array;
  /** By node: which of the list's values is asked for next, 0 or more; or the complement of an answer. */
  #slot = new Int32Array(256);
  /** By node: where it was left last time, which is right most of the time. */
  #lastValue = new Uint32Array(256);
  #lastChild = new Int32Array(256);

  readonly #rule: (asked: Asked<Key>) => number;
  readonly #asked: RecordingList<Key>;
  readonly #values: PagedWords;
  readonly #shape: Uint32Array;
  readonly #offset: Uint32Array;
  readonly #kind: Uint8Array | null;
  #count = 1;
  /** (node, value), and by its number the child. */
  readonly #edges = new PairIds();
  #child = new Int32Array(256);

  constructor(attributes: Attributes, lists: Lists, keys: readonly Key[], rule: (asked: Asked<Key>) => number) {
    this.#rule = rule;
    this.#asked = new RecordingList(attributes, keys);
    this.#values = attributes.values;
    this.#shape = lists.shape;
    this.#offset = lists.offset;
    this.#kind = lists.kind ?? null;
    this.#roots = new Int32Array(attributes.shapeCount * KINDS);
  }

  /** The answers of all lists. */
  all(): Uint32Array {
    const count = this.#shape.length;
    const answers = new Uint32Array(count);
    for (let from = 0; from < count; from += BLOCK) this.#writeBlock(from, Math.min(count, from + BLOCK), answers);
    return answers;
  }

  of(list: number): number {
    const shape = this.#shape[list];
    const offset = this.#offset[list];
    const root = shape * KINDS + (this.#kind === null ? 0 : this.#kind[list]);
    let node = this.#roots[root];
    if (node === UNKNOWN) node = this.#grow(root, shape, offset);
    while (this.#slot[node] >= 0) {
      const value = this.#values.at(offset + this.#slot[node]);
      const child = value === this.#lastValue[node] ? this.#lastChild[node] : this.#follow(node, value);
      node = child === UNKNOWN ? this.#grow(root, shape, offset) : child;
    }
    return ~this.#slot[node];
  }

  /** Many lists at once: what they say is read ahead. */
  #writeBlock(from: number, to: number, answers: Uint32Array): void {
    this.touched = firstValues(this.#values, this.#offset, from, to);
    for (let list = from; list < to; list++) answers[list] = this.of(list);
  }

  /** The child of `node` for a value; 0 where there is none yet. */
  #follow(node: number, value: number): number {
    const edge = this.#edges.id(node, value);
    this.#child = grown(this.#child, edge + 1);
    this.#lastValue[node] = value;
    return (this.#lastChild[node] = this.#child[edge]);
  }

  /** Asks the rule about a list whose answer is not known, and keeps the way to it. Returns the answer's node. */
  #grow(root: number, shape: number, offset: number): number {
    this.#asked.begin(root % KINDS, shape, offset);
    const answer = this.#rule(this.#asked);
    const { slots } = this.#asked;
    const next = (step: number): number => (step < slots.length ? slots[step] : ~answer);
    if (this.#roots[root] === UNKNOWN) this.#roots[root] = this.#node(next(0));
    let node = this.#roots[root];
    slots.forEach((each, step) => {
      const value = this.#values.at(offset + each);
      let child = this.#follow(node, value);
      if (child === UNKNOWN) {
        child = this.#node(next(step + 1));
        this.#child[this.#edges.id(node, value)] = child;
        this.#lastChild[node] = child;
      }
      node = child;
    });
    return node;
  }

  #node(slot: number): number {
    const node = this.#count++;
    this.#slot = grown(this.#slot, this.#count);
    this.#lastValue = grown(this.#lastValue, this.#count);
    this.#lastChild = grown(this.#lastChild, this.#count);
    this.#slot[node] = slot;
    return node;
  }
}

/**
 * Reads the first value of some lists, which brings all that a list has into the processor's cache. Spans of a trace
 * lie far apart in a file: where nothing is decided between two reads, many wait for memory together.
 */
function firstValues(values: PagedWords, offset: Uint32Array, from: number, to: number): number {
  const end = values.capacity;
  let read = 0;
  // An empty list may begin where the values end.
  for (let list = from; list < to; list++) if (offset[list] < end) read ^= values.at(offset[list]);
  return read;
}

/** One list at a time; notes which of its values are asked for, each once, in order. */
class RecordingList<Key extends string> implements Asked<Key> {
  kind = 0;
  slots: number[] = [];
  readonly #lookup: AttributeLookup<Key>;
  #shape = 0;
  #offset = 0;

  constructor(attributes: Attributes, keys: readonly Key[]) {
    this.#lookup = new AttributeLookup(attributes, keys);
  }

  begin(kind: number, shape: number, offset: number): void {
    this.kind = kind;
    this.#shape = shape;
    this.#offset = offset;
    this.slots = [];
  }

  value(key: Key): AttributeValue | undefined {
    this.#note(key);
    return this.#lookup.value(this.#shape, this.#offset, key);
  }

  text(key: Key): string | undefined {
    this.#note(key);
    return this.#lookup.text(this.#shape, this.#offset, key);
  }

  has(key: Key): boolean {
    return this.#lookup.slot(this.#shape, key) >= 0;
  }

  #note(key: Key): void {
    const slot = this.#lookup.slot(this.#shape, key);
    if (slot >= 0 && !this.slots.includes(slot)) this.slots.push(slot);
  }
}
