import { expect, test } from 'vitest';
import { StringTable } from '../../src/base/strings.ts';
import { attributeList, AttributeLookup, ValueType } from '../../src/store/attributes.ts';
import { AttributeWriter } from '../../src/store/attributeWriter.ts';

function writer(): AttributeWriter {
  return new AttributeWriter(new StringTable());
}

test('AttributeWriter gives lists with the same keys and types one shape', () => {
  const attributes = writer();
  const { strings } = attributes;
  const lists = ['GET', 'POST'].map((method) => {
    attributes.begin();
    attributes.addString(strings.intern('http.request.method'), strings.intern(method));
    attributes.addInteger(strings.intern('http.response.status_code'), 200);
    return { shape: attributes.shape, offset: attributes.offset };
  });
  expect(lists[0].shape).toBe(lists[1].shape);
  expect(attributeList(attributes.finish(), lists[1].shape, lists[1].offset)).toEqual([
    { key: 'http.request.method', type: ValueType.string, value: 'POST' },
    { key: 'http.response.status_code', type: ValueType.integer, value: 200 },
  ]);
});

test('AttributeWriter keeps integers exact whether they fit 31 bits or not, and signs and fractions', () => {
  const attributes = writer();
  const numbers = [0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -1, -(2 ** 40)];
  attributes.begin();
  for (const [i, value] of numbers.entries()) attributes.addInteger(attributes.strings.intern(`n${i}`), value);
  attributes.addDouble(attributes.strings.intern('d'), 0.1);
  const list = attributeList(attributes.finish(), attributes.shape, attributes.offset);
  expect(list.map(({ value }) => value)).toEqual([...numbers, 0.1]);
});

test('AttributeLookup takes the last of two attributes with one key', () => {
  const attributes = writer();
  const key = attributes.strings.intern('k');
  attributes.begin();
  attributes.addString(key, attributes.strings.intern('first'));
  attributes.addString(key, attributes.strings.intern('last'));
  const lookup = new AttributeLookup(attributes.finish(), ['k']);
  expect(lookup.value(attributes.shape, attributes.offset, 'k')).toBe('last');
});

test('AttributeLookup answers for every shape, however many are asked for the first time by has()', () => {
  const attributes = writer();
  const { strings } = attributes;
  const shapes = Array.from({ length: 3000 }, (_, i) => {
    attributes.begin();
    attributes.addBoolean(strings.intern(`own.${i}`), true);
    attributes.addBoolean(strings.intern('shared'), true);
    return attributes.shape;
  });
  const lookup = new AttributeLookup(attributes.finish(), ['shared', 'absent']);
  expect(shapes.filter((shape) => !lookup.has(shape, 'shared'))).toEqual([]);
  expect(shapes.filter((shape) => lookup.has(shape, 'absent'))).toEqual([]);
});
