import { assert, constant, constantFrom, option, property, record, string, subarray, integer, oneof } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseHash, toHash } from '../../src/app/state/linkHash.ts';
import type { Link } from '../../src/app/state/hoplineState.ts';
import { DEFAULT_LINK } from '../../src/app/state/viewSlice.ts';
import { LAYERS } from '../../src/config/layers.ts';

describe('a link', () => {
  test('of the plain page is empty', () => {
    expect(toHash(DEFAULT_LINK)).toBe('');
    expect(parseHash('')).toEqual(DEFAULT_LINK);
  });

  test('names path, percentile, hop and theme', () => {
    const link: Link = {
      path: { name: 'GET /catalog/:id', entry: 'cf.workers' },
      percentile: 0.991,
      selection: { type: 'hop', id: 'postgres · primary' },
      openLayers: ['data'],
      theme: 'dark',
    };
    expect(toHash(link)).toBe(
      '#v=1&path=GET+%2Fcatalog%2F%3Aid&entry=cf.workers&p=99.1&hop=postgres+%C2%B7+primary&open=data&theme=dark',
    );
    expect(parseHash(toHash(link))).toEqual(link);
  });

  test('leaves out names that are longer than an address may be', () => {
    const name = 'a'.repeat(1_000_000);
    const path = { name, entry: 'web' };
    expect(toHash({ ...DEFAULT_LINK, path, selection: { type: 'hop', id: name } })).toBe('');
    expect(toHash({ ...DEFAULT_LINK, path: { name: 'GET /', entry: name }, theme: 'dark' })).toBe('#v=1&theme=dark');
    const selection = { type: 'boundary', from: 'web', to: name } as const;
    expect(toHash({ ...DEFAULT_LINK, selection })).toBe('');
  });

  test('that clears the selection stays so', () => {
    expect(parseHash(toHash({ ...DEFAULT_LINK, selection: null })).selection).toBeNull();
  });

  test('of another version is as the plain page', () => {
    expect(parseHash('#v=2&p=99&theme=dark')).toEqual(DEFAULT_LINK);
  });

  test.each([
    '#v=1&p=0',
    '#v=1&p=100',
    '#v=1&p=-3',
    '#v=1&p=x',
    '#v=1&p=NaN',
    '#v=1&theme=<b>',
    '#v=1&open=basement',
    '#v=1&from=a',
    '#%',
  ])('with %s keeps what is by default', (hash) => {
    expect(parseHash(hash)).toEqual(DEFAULT_LINK);
  });

  test.each([
    ['0.000001', 0.0001],
    ['99.9999999', 0.9999],
  ])('with percentile %s is at the nearest that is computed', (text, fraction) => {
    expect(parseHash(`#v=1&p=${text}`).percentile).toBe(fraction);
  });

  test('names each opened layer once', () => {
    expect(parseHash('#v=1&open=data+service+data').openLayers).toEqual(['data', 'service']);
  });

  test('comes back as it was, whatever the names', () => {
    const text = string({ unit: 'binary', minLength: 1 }).filter((name) => !/\p{Surrogate}/u.test(name));
    const links = record({
      path: option(record({ name: text, entry: option(text) })),
      percentile: integer({ min: 10, max: 999 }).map((tenths) => tenths / 1000),
      selection: oneof(
        constant('auto' as const),
        constant(null),
        record({ type: constant('hop' as const), id: text }),
        record({ type: constant('boundary' as const), from: text, to: text }),
      ),
      openLayers: subarray([...LAYERS]),
      theme: constantFrom('auto' as const, 'light' as const, 'dark' as const),
    });
    assert(
      property(links, (link) => {
        expect(parseHash(toHash(link))).toEqual(link);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
