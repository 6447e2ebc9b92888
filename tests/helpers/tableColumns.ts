import type { SpanTable } from '../../src/store/spanTable.ts';

/** Everything in a table as it lies in memory: every column, and the strings under their ids. */
export function tableColumns(table: SpanTable) {
  const { strings, shapeCount, shapeKey, shapeType, shapeUp, shapeLength, ...attributes } = table.attributes;
  const shapes = [shapeKey, shapeType, shapeUp, shapeLength].map((column) => column.slice(0, shapeCount));
  const texts = Array.from({ length: strings.count }, (_, id) => strings.text(id));
  return { ...table, attributes: { ...attributes, shapes }, texts, invalidTexts: strings.invalidTexts };
}
