const MAKERS = Symbol('makers');

type Makers<Lazy> = { readonly [Key in keyof Lazy]: () => Lazy[Key] };
interface Made {
  readonly [MAKERS]: Readonly<Record<string, () => unknown>>;
}

/** By key: a getter that all objects share. */
const getters = new Map<string, PropertyDescriptor>();

/**
 * Adds properties to an object that are made whenever they are read; they are its own and enumerable, so that a copy or
 * a clone of the object has what they make.
 *
 * A getter in a literal does the same, but for V8 each object then has a class of its own, which outlives the object and
 * keeps all that the getter knows until the whole heap is collected: with a hundred thousand paths that took longer than
 * everything else.
 */
export function addLazy<T extends object, Lazy>(object: T, makers: Makers<Lazy>): asserts object is T & Lazy {
  Object.defineProperty(object, MAKERS, { value: makers });
  for (const key of Object.keys(makers)) Object.defineProperty(object, key, getterOf(key));
}

function getterOf(key: string): PropertyDescriptor {
  const known = getters.get(key);
  if (known !== undefined) return known;
  const getter: PropertyDescriptor = {
    enumerable: true,
    get(this: Made) {
      return this[MAKERS][key]();
    },
  };
  getters.set(key, getter);
  return getter;
}
