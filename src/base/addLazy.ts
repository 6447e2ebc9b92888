type Makers<Lazy> = { readonly [Key in keyof Lazy]: () => Lazy[Key] };

interface LazyKey {
  /** Where an object keeps what makes the property. */
  readonly maker: symbol;
  /** One getter, which all objects share. */
  readonly property: PropertyDescriptor;
}

const keys = new Map<string, LazyKey>();

/**
 * Adds properties to an object that are made whenever they are read; they are its own and enumerable, so that a copy or
 * a clone of the object has what they make.
 *
 * A getter in a literal does the same, but for V8 each object then has a class of its own, which outlives the object and
 * keeps all that the getter knows until the whole heap is collected: with a hundred thousand paths that took longer than
 * everything else.
 */
export function addLazy<T extends object, Lazy extends object>(
  object: T,
  makers: Makers<Lazy>,
): asserts object is T & Lazy {
  for (const [key, value] of Object.entries(makers)) {
    const { maker, property } = lazyKey(key);
    Object.defineProperty(object, maker, { value });
    Object.defineProperty(object, key, property);
  }
}

function lazyKey(key: string): LazyKey {
  const known = keys.get(key);
  if (known !== undefined) return known;
  const maker = Symbol(key);
  const get = function get(this: Readonly<Record<symbol, () => unknown>>): unknown {
    return this[maker]();
  };
  const made: LazyKey = { maker, property: { enumerable: true, get } };
  keys.set(key, made);
  return made;
}
