/** What the built-in functions were given to do so far. */
export interface BuiltIns {
  /** Elements, bytes and characters that they walked over. */
  walked: number;
  /** Bytes of the largest buffer that was made, and of all together. */
  largest: number;
  allocated: number;
}

const TYPED: object = Object.getPrototypeOf(Uint8Array.prototype);
/** Built-in functions that walk over what they are called on, or over their argument. */
const WALKERS: readonly (readonly [of: object, names: readonly string[]])[] = [
  [TYPED, ['fill', 'set', 'copyWithin', 'slice', 'indexOf', 'lastIndexOf', 'includes', 'find', 'findIndex', 'every']],
  [TYPED, ['some', 'reduce', 'map', 'filter', 'forEach', 'join', 'sort', 'toSorted', 'reverse']],
  [
    Array.prototype,
    ['join', 'splice', 'shift', 'unshift', 'indexOf', 'includes', 'concat', 'slice', 'sort', 'toSorted'],
  ],
  [String.prototype, ['indexOf', 'includes', 'split', 'replace', 'replaceAll', 'match', 'trim', 'toUpperCase']],
  [RegExp.prototype, ['exec', 'test']],
  [TextDecoder.prototype, ['decode']],
  [TextEncoder.prototype, ['encode', 'encodeInto']],
  [JSON, ['parse']],
];
const BUFFERS = ['ArrayBuffer', 'Uint8Array', 'Uint16Array', 'Int32Array', 'Uint32Array', 'Float64Array'] as const;

/** Stands between the code and the built-in functions until `stop` is called. */
export function watchBuiltIns(): { readonly seen: BuiltIns; readonly stop: () => void } {
  const seen = { walked: 0, largest: 0, allocated: 0 };
  const undo: (() => void)[] = [];
  const put = (of: object, name: string, value: unknown): void => {
    const before = Object.getOwnPropertyDescriptor(of, name) ?? {};
    Object.defineProperty(of, name, { ...before, value });
    undo.push(() => Object.defineProperty(of, name, before));
  };
  for (const [of, names] of WALKERS) {
    for (const name of names) {
      const builtIn = Reflect.get(of, name);
      put(of, name, function (this: unknown, ...args: unknown[]): unknown {
        const start = this instanceof RegExp ? this.lastIndex : 0;
        const result: unknown = Reflect.apply(builtIn, this, args);
        seen.walked += this instanceof RegExp ? walkedByRegExp(this, start, args) : walkedBy(name, this, args, result);
        return result;
      });
    }
  }
  for (const name of BUFFERS) {
    const Made = globalThis[name];
    const Watched: object = new Proxy<new (...args: unknown[]) => ArrayBuffer | ArrayBufferView>(Made, {
      construct(target, args: unknown[], newTarget) {
        const made: ArrayBuffer | ArrayBufferView = Reflect.construct(
          target,
          args,
          newTarget === Watched ? target : newTarget,
        );
        if (args[0] instanceof ArrayBuffer) return made;
        seen.largest = Math.max(seen.largest, made.byteLength);
        seen.allocated += made.byteLength;
        return made;
      },
    });
    put(globalThis, name, Watched);
    // What is made like another, as copies and longer columns are.
    put(Made.prototype, 'constructor', Watched);
  }
  return { seen, stop: () => undo.toReversed().forEach((each) => each()) };
}

function walkedBy(name: string, on: unknown, args: readonly unknown[], result: unknown): number {
  const size = sizeOf(on);
  const at = (index: number, otherwise: number): number => {
    const value = args[index];
    if (typeof value !== 'number') return otherwise;
    return Math.min(size, value < 0 ? Math.max(0, size + value) : value);
  };
  switch (name) {
    case 'indexOf':
      return (typeof result === 'number' && result >= 0 ? result : size) - at(1, 0);
    case 'slice':
      return Math.max(0, at(1, size) - at(0, 0));
    case 'fill':
    case 'copyWithin':
      return Math.max(0, at(2, size) - at(1, 0));
    case 'set':
    case 'decode':
    case 'encode':
    case 'encodeInto':
    case 'parse':
      return sizeOf(args[0]);
    default:
      return size;
  }
}

/** A global or sticky one goes on from where it was. */
function walkedByRegExp(pattern: RegExp, start: number, [text]: readonly unknown[]): number {
  if (pattern.sticky) return Math.max(1, pattern.lastIndex - start);
  const size = sizeOf(text);
  return pattern.global ? (pattern.lastIndex === 0 ? size : pattern.lastIndex) - start : size;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : 0;
}
