import { expect, test } from 'vitest';
import { IdWords } from '../../src/decode/idWords.ts';

const id = new IdWords();
const encoder = new TextEncoder();

function read(text: string, byteCount: number) {
  const bytes = encoder.encode(text);
  const form = id.read(bytes, 0, bytes.length, byteCount);
  return [form, ...Array.from(id.words.slice(0, byteCount / 4), (word) => word.toString(16))];
}

test('IdWords reads hex of any case and base64', () => {
  const words = ['5b8efff7', '98038103', 'd269b633', '813fc60c'];
  expect(read('5b8efff798038103d269b633813fc60c', 16)).toEqual(['valid', ...words]);
  expect(read('5B8EFFF798038103D269B633813FC60C', 16)).toEqual(['valid', ...words]);
  expect(read('W47/95gDgQPSabYzgT/GDA==', 16)).toEqual(['valid', ...words]);
  expect(read('eee19b7ec3c1b174', 8)).toEqual(['valid', 'eee19b7e', 'c3c1b174']);
  expect(read('7uGbfsPBsXQ=', 8)).toEqual(['valid', 'eee19b7e', 'c3c1b174']);
});

test('IdWords takes nothing, and zeros of any number, for no id', () => {
  for (const text of ['', '0', '000']) expect(read(text, 8)).toEqual(['absent', '0', '0']);
  expect(read('0000000000000000', 8)).toEqual(['valid', '0', '0']);
});

test('IdWords refuses other lengths and other letters', () => {
  for (const text of [
    'abc',
    'xyz4567890123456',
    '5b8efff79803810',
    '7uGbfsPBsX*=',
    '7uGbfsPBsXQQ',
    '0000000000000001 ',
  ]) {
    expect(read(text, 8)).toEqual(['invalid', '0', '0']);
  }
});
