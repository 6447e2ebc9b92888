/** A small generator of numbers that are the same on every machine (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/**
 * The bytes with one to three kinds of damage that files suffer: cut off, a bit or byte changed, a piece of them
 * written over another place, a piece repeated or lost.
 */
export function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let result: Uint8Array = bytes.slice();
  for (let times = 1 + random(3); times > 0 && result.length > 1; times--) result = damage(result, random);
  return result;
}

/** The bytes up to some place, then those of another file from some place on. */
export function spliced(bytes: Uint8Array, other: Uint8Array, random: (below: number) => number): Uint8Array {
  return joined(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1)));
}

function damage(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const at = random(bytes.length);
  const length = 1 + random(Math.min(64, bytes.length));
  const to = random(bytes.length);
  switch (random(6)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      bytes[at] ^= 1 << random(8);
      return bytes;
    case 2:
      bytes[at] = random(256);
      return bytes;
    case 3:
      bytes.copyWithin(to, at, at + length);
      return bytes;
    case 4:
      return joined(bytes.subarray(0, at + length), bytes.subarray(at));
    default:
      return joined(bytes.subarray(0, at), bytes.subarray(at + length));
  }
}

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const both = new Uint8Array(head.length + tail.length);
  both.set(head);
  both.set(tail, head.length);
  return both;
}
