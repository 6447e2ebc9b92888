const TWO_32 = 4294967296;

/**
 * Whole numbers from 0 to `below` − 1, each as likely as the others, the same ones for the same seed on every machine.
 * Chris Doty-Humphrey's sfc32: 128 bits of state, passes PractRand.
 *
 *     seededRandom(1)(6), seededRandom(1)(6)   the same number twice
 */
export function seededRandom(seed: number): (below: number) => number {
  let a = 0;
  let b = 0;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  // The seed has reached every bit of the state after twelve rounds.
  for (let round = 0; round < 12; round++) next();
  return (below) => Math.floor((next() / TWO_32) * below);
}
