import { expect, test } from 'vitest';
import { templatedPath } from '../../src/analyse/templatedPath.ts';

test.each([
  ['/orders/4711/items?page=2', '/orders/{id}/items'],
  ['/orders/4711#top', '/orders/{id}'],
  ['/orders#a?b', '/orders'],
  ['/v1/users', '/v1/users'],
  ['/12ab', '/12ab'],
  ['/u/3F2504e0-4f89-11d3-9a0c-0305e82c3301', '/u/{id}'],
  ['/u/3f2504e0-4f89-11d3-9a0c-0305e82c330', '/u/3f2504e0-4f89-11d3-9a0c-0305e82c330'],
  ['/h/deadbeefdeadbeef', '/h/{id}'],
  ['/h/DeadBeefDeadBeef', '/h/{id}'],
  ['/h/deadbeefdeadbee', '/h/deadbeefdeadbee'],
  ['/h/deadbeefdeadbeeg', '/h/deadbeefdeadbeeg'],
  ['/k/ABCD1234', '/k/{id}'],
  ['/k/ABCDEFGH', '/k/ABCDEFGH'],
  ['/k/ABC1234', '/k/ABC1234'],
  ['/k/ABCD123a', '/k/ABCD123a'],
  ['/t/aB3_aaaaaaaaaaaaaa-z', '/t/{id}'],
  ['/t/aB3_aaaaaaaaaaaaa-z', '/t/aB3_aaaaaaaaaaaaa-z'],
  ['/t/ab3_aaaaaaaaaaaaaaaa-z', '/t/ab3_aaaaaaaaaaaaaaaa-z'],
  ['/t/aB3.aaaaaaaaaaaaaaaa-z', '/t/aB3.aaaaaaaaaaaaaaaa-z'],
  ['/٣٤', '/{id}'],
  ['/', '/'],
  ['', ''],
])('templatedPath makes of %s %s', (path, templated) => {
  expect(templatedPath(path)).toBe(templated);
});
