import { grown } from '../base/growable.ts';
import { EMPTY_SHAPE } from './attributes.ts';

/**
 * The trie of attribute shapes (see attributes.ts). A shape is the path to it, so it is numbered when its path is seen
 * first, and a number never changes.
 *
 *     shape 0 ── (http.method, string) ─▶ 1 ── (http.route, string) ─▶ 2
 */
export class AttributeShapes {
  count = 1;
  /** Per shape: the key of its last attribute (a string id), its type, the shape before it, and the list's length. */
  key = new Uint32Array(256);
  type = new Uint8Array(256);
  up = new Uint32Array(256);
  length = new Uint32Array(256);

  /** The trie's edges, open addressing on (shape, key, type); entry = child shape. */
  #edges = new Uint32Array(1024);
  /** The child that followed a shape last time: right for nearly every span after the first. */
  #lastChild = new Uint32Array(256);

  /** The shape that is `up` and one attribute more. */
  child(up: number, key: number, type: number): number {
    const expected = this.#lastChild[up];
    if (expected !== EMPTY_SHAPE && this.key[expected] === key && this.type[expected] === type) return expected;
    const child = this.#find(up, key, type);
    this.#lastChild[up] = child;
    return child;
  }

  #find(up: number, key: number, type: number): number {
    const mask = this.#edges.length - 1;
    let slot = edgeHash(up, key, type) & mask;
    for (let child = this.#edges[slot]; child !== EMPTY_SHAPE; child = this.#edges[slot]) {
      if (this.up[child] === up && this.key[child] === key && this.type[child] === type) return child;
      slot = (slot + 1) & mask;
    }
    const child = this.#add(up, key, type);
    this.#edges[slot] = child;
    if (this.count * 2 > this.#edges.length) this.#rehash();
    return child;
  }

  #add(up: number, key: number, type: number): number {
    const child = this.count;
    this.key = grown(this.key, child + 1);
    this.type = grown(this.type, child + 1);
    this.up = grown(this.up, child + 1);
    this.length = grown(this.length, child + 1);
    this.#lastChild = grown(this.#lastChild, child + 1);
    this.key[child] = key;
    this.type[child] = type;
    this.up[child] = up;
    this.length[child] = this.length[up] + 1;
    this.count++;
    return child;
  }

  #rehash(): void {
    this.#edges = new Uint32Array(this.#edges.length * 2);
    const mask = this.#edges.length - 1;
    for (let child = 1; child < this.count; child++) {
      let slot = edgeHash(this.up[child], this.key[child], this.type[child]) & mask;
      while (this.#edges[slot] !== EMPTY_SHAPE) slot = (slot + 1) & mask;
      this.#edges[slot] = child;
    }
  }
}

function edgeHash(up: number, key: number, type: number): number {
  const hash = Math.imul(Math.imul(up, 0x9e3779b1) ^ key, 0x85ebca6b) ^ Math.imul(type, 0xc2b2ae35);
  return hash ^ (hash >>> 15);
}
