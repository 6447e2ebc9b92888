import { expect, test } from 'vitest';
import { leftToRight } from '../../src/base/leftToRight.ts';

test.each([
  ['שירות', 'שירות\u200e'],
  ['خدمة · primary', 'خدمة · primary\u200e'],
  ['go.gateway', 'go.gateway'],
  ['東京', '東京'],
])('leftToRight marks the end of a name only where it runs the other way: %s', (name, marked) => {
  expect(leftToRight(name)).toBe(marked);
});
