import { describe, expect, test } from 'vitest';
import { hopTimes, hopVisits, lineTimes, onlyPath } from '../helpers/analysed.ts';

describe('path time', () => {
  test('path time goes to the innermost span that runs', () => {
    const path = onlyPath(`
      a root 0..100 server
        b serve 20..80 server
          c serve 30..60 server
    `);
    expect(hopTimes(path)).toEqual({ a: [40, 40], b: [30, 30], c: [30, 30] });
  });

  test('path time of overlapping siblings goes to the one that finishes last; own time to both', () => {
    const path = onlyPath(`
      a root 0..100 server
        b serve 10..50 server
        c serve 40..90 server
    `);
    expect(hopTimes(path)).toEqual({ a: [20, 20], b: [30, 40], c: [50, 50] });
  });

  test('path time is none for a sibling that another one covers', () => {
    const path = onlyPath(`
      a root 0..100 server
        b serve 20..50 server
        c serve 10..90 server
    `);
    expect(hopTimes(path)).toEqual({ a: [20, 20], b: [0, 30], c: [80, 80] });
  });

  test('path time of siblings with one end goes to the earlier start, and of equals to the lower id', () => {
    const path = onlyPath(`
      a root 0..100 server
        b serve 50..90 server
        c serve 10..90 server
        d serve 10..90 server
    `);
    expect(hopTimes(path)).toEqual({ a: [20, 20], b: [0, 40], c: [80, 80], d: [0, 80] });
  });

  test('path time outside the parent is no part of the total', () => {
    const path = onlyPath(`
      a root 0..100 server
        b early -20..10 internal
        c late 90..150 internal
    `);
    expect(hopTimes(path)).toEqual({ a: [80, 80], b: [10, 10], c: [10, 10] });
    expect(path.at.p50.totalMs).toBe(100);
  });

  test('path time inside a window: what a child does before its sibling took over does not count twice', () => {
    const path = onlyPath(`
      a root 0..100 server
        b serve 0..60 server
          c serve 10..50 server
        d serve 30..90 server
    `);
    // b has 0…30 of the path; inside it c has 10…30. Its own time is all of 10…50.
    expect(hopTimes(path)).toEqual({ a: [10, 10], b: [10, 20], c: [20, 40], d: [60, 60] });
  });

  test('own time is the union over the spans of a hop, not their sum', () => {
    const path = onlyPath(`
      a root 0..100 server
        b one 10..60 server
        b two 40..90 server
    `);
    expect(hopTimes(path)).toEqual({ a: [20, 20], b: [80, 80] });
  });

  test('a consumer that ends after its parent is asynchronous, with all that is below it', () => {
    const path = onlyPath(`
      a root 0..100 server
        a publish 10..20 producer [messaging.system=nats]
          b handle 15..300 consumer
            c serve 50..200 server
    `);
    expect(hopTimes(path)).toEqual({ a: [90, 90], b: 'async', c: 'async' });
    expect(lineTimes(path)).toEqual({ 'a → b': [10, 10], 'b → c': 'async' });
    expect(path.hops.map(({ id, traces }) => [id, traces])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
  });

  test('a consumer that ends with its parent blocks it', () => {
    const path = onlyPath(`
      a root 0..100 server
        a publish 10..50 producer
          b handle 20..50 consumer
    `);
    expect(hopTimes(path)).toEqual({ a: [60, 60], b: [30, 30] });
    expect(lineTimes(path)).toEqual({ 'a → b': [10, 10] });
  });

  test('the walk visits what touches the window, and nothing beyond it', () => {
    const path = onlyPath(`
      a root 0..100 server
        b touches 100..150 internal
        c beyond 101..150 internal
    `);
    expect(hopTimes(path)).toEqual({ a: [100, 100], b: [0, 0], c: 'async' });
  });

  test('a trace without duration reaches its hops and has no time', () => {
    const path = onlyPath(`
      a root 5..5 server
        b serve 5..5 server
    `);
    expect(hopTimes(path)).toEqual({ a: [0, 0], b: [0, 0] });
    expect(path.at.p50.exemplar?.segments).toEqual([]);
  });

  // 1.7e12 ms before: 1970.
  test('path and own time are exact where no span has a start', () => {
    const text = `
      a work -1700000000000..9
        b work -1700000000000..8
    `;
    expect(hopTimes(onlyPath(text)).a).toEqual([1, 1]);
  });

  test('a hop is reached by a span of its service that lies on a boundary', () => {
    const path = onlyPath(`
      a root 0..100 client
        b serve 0..100 server
    `);
    expect(hopTimes(path)).toEqual({ a: [0, 0], b: [100, 100] });
    expect(lineTimes(path)).toEqual({ 'a → b': [0, 0] });
  });
});

describe('visits', () => {
  test('visits count the entries into a hop: the root once, each query once', () => {
    const path = onlyPath(`
      a root 0..100 server
        a step 0..50 internal
        a SELECT 10..20 client [db.system=mysql]
          a dns 10..12 internal
        a SELECT 20..30 client [db.system=mysql]
        a call 40..60 client
          b serve 45..55 server
            b step 46..50 internal
    `);
    expect(hopVisits(path)).toEqual({ a: 1, b: 1, mysql: 2 });
  });

  test('visits are the weighted mean over the traces that reach the hop', () => {
    const path = onlyPath(`
      a GET 0..100 server state=ot=th:c
        a SELECT 10..20 client [db.system=mysql]
        a SELECT 20..30 client [db.system=mysql]
        a SELECT 30..40 client [db.system=mysql]

      a GET 0..100 server state=ot=th:0
        a SELECT 10..20 client [db.system=mysql]

      a GET 0..100 server state=ot=th:0
    `);
    // 3 visits four times and 1 visit once: 13 / 5. The third trace does not reach it.
    expect(hopVisits(path)).toEqual({ a: 1, mysql: 2.6 });
    expect(path.hops.find(({ id }) => id === 'mysql')?.traces).toBe(2);
  });
});

describe('lines', () => {
  test('lines are measured where a client span has its server; elsewhere they show that nobody recorded the cost', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..40 client
          b serve 15..35 server
        c serve 50..60 server
        a GET 70..80 client [db.system=redis]
    `);
    expect(lineTimes(path)).toEqual({ 'a → b': [10, 10], 'a → c': '—', 'a → redis': '—' });
  });

  test('lines count the traces that cross them, and are measured where any of them is', () => {
    const path = onlyPath(`
      a GET 0..100 server
        a call 10..40 client
          b serve 15..35 server

      a GET 0..100 server
        b serve 15..35 server
    `);
    expect(path.boundaries).toMatchObject([{ from: 'a', to: 'b', isMeasured: true, traces: 2 }]);
    // Own time is over the one trace that measured it, the share over both.
    expect(lineTimes(path)).toEqual({ 'a → b': [5, 10] });
  });
});
