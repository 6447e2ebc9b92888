import { describe, expect, test } from 'vitest';
import type { HoplineConfig } from '../../src/config/hoplineConfig.ts';
import { onlyPath } from '../helpers/analysed.ts';

/** The same trace `count` times, so that percentiles are resolved. */
const times = (count: number, text: string): string => Array.from({ length: count }, () => text).join('\n\n');

function words(text: string, config?: HoplineConfig, at: 'p50' | 'p99' = 'p50'): { headline: string; details: string } {
  const { headline, details } = onlyPath(text, config).at[at].finding;
  return { headline: headline.join(' '), details: details.join(' ') };
}

const budget = (p50: number): HoplineConfig => ({
  paths: { GET: { hops: { 'postgres · primary': { budget: { p50 } } } } },
});

const slowQuery = `
a GET 0..47 server
  a SELECT 10..28 client [db.system=postgresql, server.address=primary.db]
  a call 30..36 client
    b serve 30.3..35.7 server`;

describe('finding', () => {
  test('finding names the hop with the largest share, and by how much it is over its budget', () => {
    const { headline, details } = words(times(100, slowQuery.replace('0..47', '0..40')), budget(16));
    expect(headline).toBe('postgres · primary is the bottleneck: 18 of 40 ms (45%), 2 ms over its 16 ms budget.');
    expect(details).toBe(
      'It is the runtime, not the boundary: all boundaries measured cost 0.6 ms (2%). ' +
        'The tail is postgres too: 18 of 40 ms at p99.',
    );
  });

  test('finding tells own time from the share where the budget is over on own time', () => {
    const text = times(
      4,
      `
a GET 0..40 server
  b serve 0..38 server
    b SELECT 0..30 client [db.system=postgresql, server.address=primary.db]
    c serve 28..32 server`,
    );
    expect(words(text, budget(16)).headline).toBe(
      'postgres · primary is the bottleneck: 28 of 40 ms (70%); its own time 30 ms is 14 ms over its 16 ms budget.',
    );
  });

  test('finding has the digits of the picture: 17.6 is not 18, nor a bound of 14.5 ms one of 15', () => {
    const text = times(100, slowQuery.replace('0..47', '0..39.96').replace('10..28', '10..27.62'));
    const { headline, details } = words(text, budget(14.5));
    expect(headline).toBe('postgres · primary is the bottleneck: 17.6 of 40 ms (44%), 3.1 ms over its 14.5 ms budget.');
    expect(details).toContain('The tail is postgres too: 17.6 of 40 ms at p99.');
    const { headline: over } = words(text, { paths: { GET: { ceiling: { p50: 39.5 } } } });
    expect(over).toMatch(/^p50 is 0.5 ms over its 39.5 ms ceiling\./);
  });

  test('finding says nothing of a budget that holds', () => {
    expect(
      words(
        times(4, slowQuery.replace('28', '40').replace('30..36', '40..46').replace('30.3..35.7', '40.3..45.7')),
        budget(40),
      ).headline,
    ).toBe('postgres · primary is the bottleneck: 30 of 47 ms (64%).');
  });

  test('finding names a boundary that costs more than any hop', () => {
    const { headline, details } = words(
      times(
        4,
        `
a GET 0..50 client
  b serve 20..30 server`,
      ),
    );
    expect(headline).toBe('a → b is the bottleneck: 40 of 50 ms (80%).');
    expect(details).toContain('It is the boundary, not the runtime: all boundaries together cost 40 ms (80%).');
  });

  test('finding says where boundaries have a part', () => {
    const { details } = words(
      times(
        4,
        `
a GET 0..50 server
  a call 25..50 client
    b serve 35..40 server`,
      ),
    );
    expect(details).toContain('The boundaries have their part in it: all boundaries together cost 20 ms (40%).');
  });

  test('finding claims nothing of boundaries that nobody measured', () => {
    const { details } = words(times(4, 'a GET 0..50 server\n  b serve 10..20 server'));
    expect(details).toContain('No boundary was measured: what the network took is inside the hops.');
  });

  test('finding of a single hop', () => {
    const { headline, details } = words(times(4, 'a GET 0..50 server'));
    expect(headline).toBe('a is the only hop: 50 of 50 ms (100%).');
    expect(details).toBe('The tail is a too: ~50 of ~50 ms at p99.');
  });

  test('finding of a tail that is elsewhere', () => {
    const fast = 'a GET 0..50 server\n  b serve 45..50 server';
    const slow = 'a GET 0..500 server\n  b serve 50..500 server';
    const text = `${times(97, fast)}\n\n${times(8, slow)}`;
    expect(words(text).details).toContain('The tail is b: 450 of 500 ms at p99.');
    expect(words(text, undefined, 'p99').details).toContain('The median is a: 45 of 50 ms at p50.');
  });

  test('finding begins with a ceiling that is exceeded', () => {
    const { headline } = words(times(4, 'a GET 0..50 server'), { paths: { GET: { ceiling: { p50: 40 } } } });
    expect(headline).toBe('p50 is 10 ms over its 40 ms ceiling. a is the only hop: 50 of 50 ms (100%).');
  });

  test('finding lists other hops that are over', () => {
    const { details } = words(times(4, slowQuery), { paths: { GET: { hops: { b: { budget: { p50: 5 } } } } } });
    expect(details).toContain('Over budget: b by 0.4 ms.');
  });

  test('finding marks what is not resolved, and does not judge it', () => {
    const { headline, details } = words(slowQuery.replace('0..47', '0..30'), budget(1));
    expect(headline).toMatch(/^postgres · primary is the bottleneck: ~18 of ~30 ms \(60%\)\.$/);
    expect(details).toContain('One trace says nothing of percentiles.');
    expect(words(times(5, slowQuery), undefined, 'p99').details).toContain('5 traces are too few to be sure of p99.');
  });

  test('finding of requests without any duration', () => {
    expect(words('a GET 5..5 server')).toEqual({ headline: 'These requests took no measurable time.', details: '' });
  });

  test('finding breaks lines before they are too long, and cuts long names', () => {
    const name = 'a-service-with-a-name-that-nobody-would-want-to-type';
    const { headline } = onlyPath(times(4, `${name} GET 0..50 server`)).at.p50.finding;
    expect(headline).toEqual(['a-service-with-a-name-that-nobo… is the only hop:', '50 of 50 ms (100%).']);
  });
});
