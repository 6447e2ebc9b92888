import { describe, expect, test } from 'vitest';
import { SpanFlag, type SpanTable } from '../../src/store/spanTable.ts';
import { parseTraceText, spanTable, traceText } from '../helpers/traceText.ts';

/** Each row as `depth name`, with what is special about it. */
function tree(table: SpanTable): string[] {
  const depth: number[] = [];
  return Array.from({ length: table.spanCount }, (_, row) => {
    const up = table.parent[row];
    depth.push(up < 0 ? 0 : depth[up] + 1);
    const marks = [
      (table.flags[row] & SpanFlag.adopted) !== 0 ? ' adopted' : '',
      (table.flags[row] & SpanFlag.orphan) !== 0 ? ' orphan' : '',
    ];
    return `${depth[row]} ${table.attributes.strings.text(table.name[row])}${marks.join('')}`;
  });
}

describe('assembly', () => {
  test('assembly writes a trace in pre-order, whatever order the spans came in', () => {
    const spans = parseTraceText(`
      a root 0..100 server
        a late 50..60
        a early 10..20
          a inner 12..14
    `);
    for (const order of [spans, spans.toReversed()]) {
      const table = spanTable(order);
      expect(tree(table)).toEqual(['0 root', '1 early', '2 inner', '1 late']);
      expect(Array.from(table.subtreeEnd)).toEqual([4, 3, 3, 4]);
    }
  });

  test('assembly ends a span that ends before it starts where it starts', () => {
    const table = traceText('a root 10..5 server');
    expect(table.end[0] - table.start[0]).toBe(0);
    expect(table.problems.negativeDurations).toBe(1);
  });

  test('assembly merges a span that came twice, and keeps one that differs', () => {
    const twice = traceText(`
      a root 0..100 server id=1
      a root 0..100 server id=1
    `);
    expect(tree(twice)).toEqual(['0 root']);
    expect(twice.problems).toMatchObject({ duplicates: 1, orphans: 0 });
    const differ = traceText(`
      a root 0..100 server id=1
      b root 0..100 server id=1
      a root 0..100 internal id=1
    `);
    expect([differ.spanCount, differ.problems.duplicates]).toEqual([3, 0]);
  });

  test('assembly hangs a server below the client whose id it shares, and its children below the server', () => {
    const table = traceText(`
      a root 0..100 server id=1
      a call 10..60 client id=2 parent=1
      b serve 20..50 server id=2 parent=1
      b work 30..40 internal id=3 parent=2
    `);
    expect(tree(table)).toEqual(['0 root', '1 call', '2 serve', '3 work']);
  });

  test('assembly counts orphans, and the root adopts those that overlap it', () => {
    const table = traceText(`
      a root 10..100 server
      b inside 50..60 server parent=99
      b across 90..150 server parent=99
      b before 0..10 server parent=99
      b after 100..110 server parent=99
      b alone 20..30 server
    `);
    expect(table.problems.orphans).toBe(4);
    expect(tree(table)).toEqual([
      '0 root',
      '1 inside adopted orphan',
      '1 across adopted orphan',
      '0 before orphan',
      '0 alone',
      '0 after orphan',
    ]);
  });

  test('assembly takes the parentless span that starts first for the root, then the one that ends last, then the lower id', () => {
    const root = (text: string): string => tree(traceText(text))[0];
    expect(root('a second 10..90 server\na first 5..20 server')).toBe('0 first');
    expect(root('a short 5..20 server\na long 5..30 server')).toBe('0 long');
    expect(root('a two 5..20 server id=2\na one 5..20 server id=1')).toBe('0 one');
    expect(root('a orphan 0..90 server parent=99\na root 10..20 server')).toBe('0 root');
    expect(root('a later 10..20 server parent=99\na sooner 0..5 server parent=98')).toBe('0 sooner orphan');
  });

  test('assembly cuts a cycle at its earliest member, which is an orphan then', () => {
    const table = traceText(`
      a root 0..100 server id=1
      a late 30..40 internal id=2 parent=4
      a middle 20..50 internal id=3 parent=2
      a early 10..60 internal id=4 parent=3
    `);
    expect(table.problems).toMatchObject({ cycles: 1, orphans: 1 });
    expect(tree(table)).toEqual(['0 root', '1 early adopted orphan', '2 late', '3 middle']);
    const self = traceText('a root 0..9 server id=1\na self 1..2 internal id=2 parent=2');
    expect(self.problems).toMatchObject({ cycles: 1, orphans: 1 });
  });

  test('assembly is exact to the nanosecond, wherever the trace lies', () => {
    const table = traceText('a root 0..0.000003 server\n  a one 0.000001..0.000002');
    expect([table.end[0] - table.start[0], table.start[1] - table.start[0]]).toEqual([3, 1]);
  });
});
