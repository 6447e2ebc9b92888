const MAX_DEPTH = 3;
const QUOTE = 0x22;
const decoder = new TextDecoder();

/** Of the first bytes of JSON: paths of keys, and those of them behind which a list or an object begins. */
export interface JsonKeys {
  readonly all: ReadonlySet<string>;
  readonly opened: ReadonlySet<string>;
}

/**
 * The keys in the first bytes of JSON, as paths of at most three, lists left out. It takes what it can get: the bytes
 * may be cut off anywhere, hold several documents, or not be JSON after all.
 *
 *     {"data":[{"traceID":"1f…","spans":[{"operationName":"GET", …    →   data · data.traceID · data.spans · data.spans.operationName
 */
export function jsonKeys(head: Uint8Array): JsonKeys {
  const all = new Set<string>();
  const opened = new Set<string>();
  /** For each open bracket, whether a key stands before it; those keys are the path. */
  const open: boolean[] = [];
  const path: string[] = [];
  let key: string | null = null;
  for (let p = 0; p < head.length; p++) {
    switch (head[p]) {
      case QUOTE: {
        const end = stringEnd(head, p);
        const next = afterSpace(head, end + 1);
        if (head[next] === 0x3a) {
          key = decoder.decode(head.subarray(p + 1, end));
          if (path.length < MAX_DEPTH) all.add([...path, key].join('.'));
          p = next;
        } else p = end;
        break;
      }
      case 0x7b:
      case 0x5b:
        open.push(key !== null);
        if (key !== null) path.push(key);
        if (key !== null && path.length <= MAX_DEPTH) opened.add(path.join('.'));
        key = null;
        break;
      case 0x7d:
      case 0x5d:
        if (open.pop() === true) path.pop();
        key = null;
        break;
      case 0x2c:
        key = null;
        break;
      default:
    }
  }
  return { all, opened };
}

function stringEnd(head: Uint8Array, start: number): number {
  let p = start + 1;
  while (p < head.length && head[p] !== QUOTE) p += head[p] === 0x5c ? 2 : 1;
  return p;
}

function afterSpace(head: Uint8Array, start: number): number {
  let p = start;
  while (head[p] === 0x20 || head[p] === 0x0a || head[p] === 0x0d || head[p] === 0x09) p++;
  return p;
}
