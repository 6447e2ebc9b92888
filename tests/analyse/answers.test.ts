import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Answers } from '../../src/analyse/answers.ts';
import { StringTable } from '../../src/base/strings.ts';
import { AttributeLookup, type Attributes } from '../../src/store/attributes.ts';
import { AttributeWriter } from '../../src/store/attributeWriter.ts';

type Value = string | number | boolean;
type List = readonly (readonly [key: string, value: Value])[];

function written(lists: readonly List[]): { attributes: Attributes; shape: Uint32Array; offset: Uint32Array } {
  const writer = new AttributeWriter(new StringTable());
  const { strings } = writer;
  const places = lists.map((list) => {
    writer.begin();
    for (const [name, value] of list) {
      const key = strings.intern(name);
      if (typeof value === 'string') writer.addString(key, strings.intern(value));
      else if (typeof value === 'boolean') writer.addBoolean(key, value);
      else writer.addInteger(key, value);
    }
    return { shape: writer.shape, offset: writer.offset };
  });
  return {
    attributes: writer.finish(),
    shape: Uint32Array.from(places, ({ shape }) => shape),
    offset: Uint32Array.from(places, ({ offset }) => offset),
  };
}

const system = (value: string): List => [
  ['db.system', value],
  ['peer.service', 'cache'],
];

test('Answers asks a rule once for each sequence of values that it is told', () => {
  const lists = [system('redis'), system(''), system('redis'), [...system('redis'), ['x', 'y'] as const], system('')];
  const { attributes, shape, offset } = written(lists);
  const told: string[] = [];
  const answers = new Answers(attributes, { shape, offset }, ['db.system', 'peer.service'], (list) => {
    const text = list.text('db.system') ?? list.text('peer.service') ?? '';
    return told.push(text) - 1;
  });
  expect([...answers.all()].map((answer) => told[answer])).toEqual(['redis', 'cache', 'redis', 'redis', 'cache']);
  // A list with another attribute has another shape, and a rule may ask which keys there are.
  expect(told).toEqual(['redis', 'cache', 'redis']);
});

test('Answers tells kinds of lists apart', () => {
  const { attributes, shape, offset } = written([[], [], []]);
  const kind = Uint8Array.of(3, 2, 3);
  expect([...new Answers(attributes, { shape, offset, kind }, [], (list) => list.kind).all()]).toEqual([3, 2, 3]);
});

test('Answers gives each list what the rule would say of it alone', () => {
  const keys = ['a', 'b', 'c', 'd'];
  const value = fc.oneof(fc.constantFrom<Value>('', 'x', 'y', true, false), fc.integer({ min: -2, max: 3 }));
  const list = fc.array(fc.tuple(fc.constantFrom(...keys, 'other'), value), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 60 }), fc.shuffledSubarray(keys), (lists, asked) => {
      const { attributes, shape, offset } = written(lists);
      const lookup = new AttributeLookup<string>(attributes, keys);
      const said: string[] = [];
      // Stops at the first that tells something; asks one more where that is x; minds which of the keys there are.
      const rule = (text: (key: string) => string | undefined, has: (key: string) => boolean): string => {
        const found = asked.find((key) => text(key) !== undefined);
        const first = found === undefined ? '' : (text(found) ?? '');
        return [first, first === 'x' ? text('d') : '', has('a')].join(' ');
      };
      const answers = new Answers<string>(attributes, { shape, offset }, keys, (one) => {
        return (
          said.push(
            rule(
              (key) => one.text(key),
              (key) => one.has(key),
            ),
          ) - 1
        );
      });
      const of = answers.all();
      lists.forEach((_, i) => {
        expect(answers.of(i)).toBe(of[i]);
        const text = (key: string): string | undefined => lookup.text(shape[i], offset[i], key);
        expect(said[of[i]]).toBe(rule(text, (key) => lookup.has(shape[i], key)));
      });
    }),
    { seed: 3, numRuns: 200 },
  );
});
