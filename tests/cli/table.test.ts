import { describe, expect, test } from 'vitest';
import { cut, displayWidth, table } from '../../src/cli/table.ts';

describe('table', () => {
  test('puts text left, numbers right, and nothing at the end of a line', () => {
    const columns = [{ heading: 'hop' }, { heading: 'p50', isRight: true }, { heading: 'budget' }];
    const rows = [
      ['cf.workers', '7', ''],
      ['postgres', '18', 'over'],
    ];
    expect(table(columns, rows)).toEqual(['hop         p50  budget', 'cf.workers    7', 'postgres     18  over']);
  });

  test('keeps columns straight beside wide letters', () => {
    const lines = table(
      [{ heading: 'hop' }, { heading: 'ms', isRight: true }],
      [
        ['日本', '1'],
        ['ab', '2'],
      ],
    );
    expect(lines.map(displayWidth)).toEqual([8, 8, 8]);
  });
});

describe('cut', () => {
  test('leaves what fits, and ends the rest in an ellipsis of the right width', () => {
    expect(cut('catalog', 7)).toBe('catalog');
    expect(cut('catalogue', 7)).toBe('catalo…');
    expect(cut('日本語', 5)).toBe('日本…');
  });
});
