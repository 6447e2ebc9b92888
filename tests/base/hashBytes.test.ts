import { expect, test } from 'vitest';
import { hashBytes } from '../../src/base/hashBytes.ts';

const encoder = new TextEncoder();

function hash(text: string): number {
  const bytes = encoder.encode(text);
  return hashBytes(bytes, 0, bytes.length);
}

/** One round, in big numbers. */
function round(hash: bigint, word: bigint): bigint {
  const product = ((hash ^ word) * 0x9e3779b1n) & 0xffffffffn;
  return product ^ (product >> 15n);
}

test('hashBytes takes four bytes a round, and the last four once more where bytes are left over', () => {
  const words = { 'GET ': 0x20544547n, '/car': 0x7261632fn, cart: 0x74726163n };
  const expected = round(round(round(9n, words['GET ']), words['/car']), words.cart);
  expect(hash('GET /cart')).toBe(Number(BigInt.asIntN(32, expected)));
  expect(hash('GET ')).toBe(Number(BigInt.asIntN(32, round(4n, words['GET ']))));
});

test('hashBytes takes a text that is shorter than four bytes as one word', () => {
  expect(hash('')).toBe(0);
  expect(hash('ab')).toBe(Number(BigInt.asIntN(32, round(2n, 0x6261n))));
});

test('hashBytes does not depend on where the bytes lie', () => {
  const bytes = encoder.encode('xxGET /cartyyy');
  expect(hashBytes(bytes, 2, 11)).toBe(hash('GET /cart'));
  expect(hashBytes(bytes.subarray(2), 0, 9)).toBe(hash('GET /cart'));
});
