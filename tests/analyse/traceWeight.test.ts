import { describe, expect, test } from 'vitest';
import { traceWeight } from '../../src/analyse/traceWeight.ts';
import { onlyPath } from '../helpers/analysed.ts';

describe('traceWeight', () => {
  test.each([
    ['ot=th:0', 1],
    ['ot=th:c', 4],
    ['ot=th:8', 2],
    ['ot=th:4', 4 / 3],
    ['ot=th:08', 32 / 31],
    ['ot=th:ffffffffffffff', 2 ** 56],
    ['foo=1, ot=rv:12345678901234;th:8', 2],
    ['ot=th:XY;th:8', 2],
    ['', null],
    ['foo=th:8', null],
    ['bar=ot=th:8', null],
    ['ot=p:3', null],
    ['ot=th:', null],
    ['ot=th:123456789012345', null],
    ['ot=rv:1,ot=th:8', null],
  ])('traceWeight reads %s as %s', (state, weight) => {
    if (weight === null) expect(traceWeight(state)).toBeNull();
    else expect(traceWeight(state)).toBeCloseTo(weight, 12);
  });

  test('weights come from the root, and count requests and errors', () => {
    const path = onlyPath(`
      a GET 0..1 server error state=ot=th:0
        a x 0..1 internal state=ot=th:8

      a GET 0..1 server state=ot=th:c
        a x 0..1 internal error
    `);
    expect(path).toMatchObject({ traces: 2, requests: 5, errors: 1, weighting: 'weighted' });
    expect(path.effectiveTraces).toBeCloseTo(25 / 17, 12);
  });

  test('a path says where thresholds are missing', () => {
    expect(onlyPath('a GET 0..1 server').weighting).toBe('unweighted');
    expect(onlyPath('a GET 0..1 server state=ot=th:0\n\na GET 0..1 server')).toMatchObject({
      weighting: 'mixed',
      requests: 2,
    });
  });
});

describe('throughput', () => {
  test('throughput is the weight over the time between the first and the last start', () => {
    const path = onlyPath(`
      a GET 0..5 server state=ot=th:8

      a GET 4000..4005 server state=ot=th:8

      a GET 1000..9000 server state=ot=th:8
    `);
    expect(path).toMatchObject({ seconds: 4, requestsPerSecond: 1.5 });
  });

  test('throughput is not told from less than a second', () => {
    expect(onlyPath('a GET 0..5 server\n\na GET 999..2000 server').requestsPerSecond).toBeNull();
    expect(onlyPath('a GET 0..5 server\n\na GET 1000..2000 server').requestsPerSecond).toBe(2);
  });
});
