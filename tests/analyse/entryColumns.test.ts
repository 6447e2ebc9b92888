import { expect, test } from 'vitest';
import { EntryColumns } from '../../src/analyse/entryColumns.ts';

test('EntryColumns keep what they hold when a trace is too long for narrow columns', () => {
  const columns = new EntryColumns(2);
  columns.begin(3, 2, 100, 0.5);
  const short = columns.entry(1);
  columns.path[short] = 40;
  columns.visits[short] = 2;
  columns.firstRow[short] = 3;
  const shortOwn = columns.appendOwn(new Float64Array([50]));

  columns.begin(70_000, 2, 2 ** 40, 1);
  const long = columns.entry(1);
  columns.path[long] = 2 ** 40;
  columns.visits[long] = 70_000;
  columns.firstRow[long] = 70_000;
  const longOwn = columns.appendOwn(new Float64Array([2 ** 40 - 1]));

  const rows = [short, long];
  expect(rows).toEqual([0, 1]);
  expect(rows.map((entry) => columns.path[entry])).toEqual([40, 2 ** 40]);
  expect(rows.map((entry) => columns.visits[entry])).toEqual([2, 70_000]);
  expect(rows.map((entry) => columns.firstRow[entry])).toEqual([3, 70_000]);
  expect([shortOwn, longOwn].map((place) => columns.own[place])).toEqual([50, 2 ** 40 - 1]);
});

test('EntryColumns hold more than 65,535 accounts, and as many visits as a summary span stands for', () => {
  const columns = new EntryColumns(70_001, 0xffff_ffff);
  columns.begin(1, 1, 1, 1);
  const entry = columns.entry(70_000);
  columns.visits[entry] = 0xffff_ffff;
  expect([columns.account[entry], columns.visits[entry]]).toEqual([70_000, 0xffff_ffff]);
});
