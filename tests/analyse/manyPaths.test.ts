import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/analyse/analyse.ts';
import { NO_CONFIG } from '../../src/config/hoplineConfig.ts';
import { traceText } from '../helpers/traceText.ts';

/** Three paths: `a` once, `b` three times, `c` twice. */
const TABLE = traceText(['c', 'b', 'a', 'b', 'c', 'b'].map((name) => `web ${name} 0..10 server`).join('\n\n'));

describe('analyse', () => {
  test('lists all paths, and says nothing, where there are no more than it may list', () => {
    const { paths, issues } = analyse(TABLE, NO_CONFIG, 3);
    expect(paths.map(({ name }) => name)).toEqual(['b', 'c', 'a']);
    expect(issues).toEqual([]);
  });

  test('lists the paths with the most requests and says how many were left out and what they hold', () => {
    const { paths, issues, summary } = analyse(TABLE, NO_CONFIG, 2);
    expect(paths.map(({ name }) => name)).toEqual(['b', 'c']);
    expect(summary.requests).toBe(6);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ code: 'many-paths', count: 1 });
    expect(issues[0].message).toContain('Of 3 request paths the 2 with the most requests are listed');
    expect(issues[0].message).toContain('17%');
  });
});
