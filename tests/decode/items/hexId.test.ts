import { expect, test } from 'vitest';
import { HexId } from '../../../src/decode/items/hexId.ts';
import type { JsonValue } from '../../../src/decode/items/jsonValue.ts';

const read = (value: JsonValue | undefined, byteCount: number): [string, string] => {
  const id = new HexId();
  const form = id.read(value, byteCount);
  return [form, Array.from(id.words, (word) => word.toString(16)).join(' ')];
};

test('HexId fills up leading zeros that were lost', () => {
  expect(read('ec2b4e0bcea566d', 8)).toEqual(['valid', 'ec2b4e0 bcea566d 0 0']);
  expect(read('A', 16)).toEqual(['valid', '0 0 0 a']);
  expect(read('2db17286b3e6b148', 16)).toEqual(['valid', '0 0 2db17286 b3e6b148']);
  expect(read('5b8efff798038103D269B633813FC60C', 16)).toEqual(['valid', '5b8efff7 98038103 d269b633 813fc60c']);
});

test('HexId tells no id from a wrong one', () => {
  for (const value of [undefined, null, '', '0', '0000000000000000'])
    expect(read(value, 8)).toEqual(['absent', '0 0 0 0']);
  for (const value of ['span-1', '12345678901234567', ' 1', '0x1f', 7, true, {}]) {
    expect(read(value, 8)).toEqual(['invalid', '0 0 0 0']);
  }
});
