import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  parseDocument,
  Parser,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { InputError } from '../base/issues.ts';
import { placed, type ConfigPlace } from './configPlace.ts';
import { configSchema } from './configSchema.ts';
import type { HoplineConfig } from './hoplineConfig.ts';

/** No config that a person writes comes near this. */
const MAX_CHARACTERS = 1024 * 1024;

/** Levels of nesting; the deepest budget needs six. */
const MAX_DEPTH = 50;

/** How much of a value is repeated in a message. */
const MAX_SHOWN = 60;

/**
 * Reads a `hopline.yaml`. `name` is for messages alone.
 * Throws InputError at the first fault: `hopline.yaml:7:18: expected a duration with its unit …, found 16`.
 */
export function parseConfig(text: string, name: string): HoplineConfig {
  if (text.length > MAX_CHARACTERS) throw new InputError(`${name}: larger than 1 MB, so it is no Hopline config`);
  refuseDepth(text, name);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const fault = (offset: number, message: string): InputError => {
    const { line, col } = lines.linePos(offset);
    return new InputError(placed(name, { line: Math.max(line, 1), column: Math.max(col, 1) }, message));
  };

  const [error] = document.errors;
  if (error?.code === 'MULTIPLE_DOCS')
    throw fault(error.pos[0], 'a second YAML document begins here, and a config is one');
  if (error) throw fault(error.pos[0], firstLine(error.message));
  const checked = configSchema.safeParse(toPlain(document, name) ?? {});
  if (checked.success) return checked.data;

  const [first] = checked.error.issues
    .map((issue) => {
      const isUnknownKey = issue.code === 'unrecognized_keys';
      const isBadKey = issue.code === 'invalid_key';
      const path = isUnknownKey ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
      const { node, offset } = locate(document, path.map(String), isUnknownKey || isBadKey);
      const expected = isBadKey ? (issue.issues[0]?.message ?? issue.message) : issue.message;
      return { offset, message: isUnknownKey ? issue.message : `expected ${expected}, found ${describe(node)}` };
    })
    .toSorted((a, b) => a.offset - b.offset);
  throw fault(first?.offset ?? 0, first?.message ?? 'not a Hopline config');
}

/** Where a config that `parseConfig` has read says something: `configPlaces(text)(['paths', 'GET /a', 'ceiling', 'p99'])`. */
export function configPlaces(text: string): (keys: readonly string[]) => ConfigPlace {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  return (keys) => {
    const { line, col } = lines.linePos(locate(document, keys, true).offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/**
 * The same text with other durations at some places; every other byte stays, comments too. What stands there through
 * an alias is left, for it stands elsewhere as well: the keys of these are returned.
 */
export function withDurations(
  text: string,
  changes: readonly { readonly keys: readonly string[]; readonly duration: string }[],
): { readonly text: string; readonly aliased: readonly (readonly string[])[] } {
  const document = parseDocument(text, { prettyErrors: false });
  const aliased: (readonly string[])[] = [];
  const edits: { readonly from: number; readonly to: number; readonly duration: string }[] = [];
  for (const { keys, duration } of changes) {
    const node = ownNode(document.contents, keys);
    if (node?.range) edits.push({ from: node.range[0], to: node.range[1], duration });
    else aliased.push(keys);
  }
  let changed = text;
  for (const { from, to, duration } of edits.toSorted((a, b) => b.from - a.from)) {
    changed = changed.slice(0, from) + duration + changed.slice(to);
  }
  return { text: changed, aliased };
}

/** The scalar at `keys`, where no alias lies on the way and no anchor shares it. */
function ownNode(contents: Node | null, keys: readonly string[]): Node | null {
  let node = contents;
  for (const key of keys) {
    if (!isMap(node) || node.anchor !== undefined) return null;
    const pair = node.items.find(({ key: each }) => isScalar(each) && String(each.value) === key);
    node = asNode(pair?.value);
  }
  return isScalar(node) && node.anchor === undefined ? node : null;
}

/** The tree is made by recursion, which 100,000 brackets would end together with the process; the parser's own stack is not. */
function refuseDepth(text: string, name: string): void {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) continue;
    if (parser.stack.length > MAX_DEPTH) throw new InputError(`${name}: nested too deeply for a Hopline config`);
  }
}

/** Aliases are fine; so many that a short file becomes a giant one are not. */
function toPlain(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(`${name}: its aliases grow too large`, { cause: error });
  }
}

/** The node at `path`, or its key; where it is missing, the nearest that encloses it. */
function locate(
  document: Document.Parsed,
  path: readonly string[],
  wantsKey: boolean,
): { node: Node | null; offset: number } {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    const isKeyWanted = wantsKey && depth === path.length - 1;
    const next: Node | null = isKeyWanted ? keyOf(document, node, step) : valueOf(document, node, step);
    offset = next?.range?.[0] ?? keyOf(document, node, step)?.range?.[0] ?? offset;
    node = next;
  }
  return { node, offset };
}

function keyOf(document: Document.Parsed, node: Node | null, key: string): Node | null {
  return asNode(pairOf(document, node, key)?.key);
}

function valueOf(document: Document.Parsed, node: Node | null, key: string): Node | null {
  const target = resolved(document, node);
  return isSeq(target) ? asNode(target.items[Number(key)]) : asNode(pairOf(document, node, key)?.value);
}

/** Of thousands of paths, each may be asked for its place. */
const pairsByKey = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

function pairOf(document: Document.Parsed, node: Node | null, key: string): Pair | undefined {
  const map = resolved(document, node);
  if (!isMap(map)) return undefined;
  const pairs =
    pairsByKey.get(map) ??
    new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : String(pair.key), pair]));
  pairsByKey.set(map, pairs);
  return pairs.get(key);
}

function resolved(document: Document.Parsed, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

function describe(node: Node | null): string {
  if (isMap(node)) return 'a mapping';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node) || node.value === null) return 'nothing';
  const text = node.source === undefined || node.source === '' ? JSON.stringify(node.value) : node.source;
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}
