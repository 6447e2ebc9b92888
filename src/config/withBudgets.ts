import { isAlias, isMap, isNode, isScalar, parseDocument, visit, YAMLMap, type Document, type Pair } from 'yaml';
import { boundaryName, parseBoundary, type BoundaryName } from './boundaryName.ts';
import { parseConfig } from './configFile.ts';
import type { PercentileKey } from './percentiles.ts';
import { SCHEMA_LINE } from './writeConfig.ts';

/** A bound that somebody set, or took away, on one part of one path. */
export interface BudgetEdit {
  readonly path: string;
  readonly entry: string;
  /** Several paths of the dataset have this name: the config has to name the entry too. */
  readonly isNameShared: boolean;
  /** Null for the path's total. */
  readonly part: { readonly type: 'hop'; readonly id: string } | ({ readonly type: 'boundary' } & BoundaryName) | null;
  readonly percentile: PercentileKey;
  /** As in a config, `16ms`; null takes the bound away. */
  readonly duration: string | null;
}

/** Mappings that a person writes on one line. */
const ON_ONE_LINE = ['ceiling', 'budget'];

/**
 * A config with other bounds, as text: what else it says stays, comments and the order of keys too. A bound is written
 * under the exact names, which come before every pattern, so it holds whatever else the config says.
 * `text` null: a config of these alone. Throws InputError where `text` is no config; `name` is for that message.
 *
 *     paths:                                                      paths:
 *       GET /a:                                                     GET /a:
 *         ceiling: { p99: 180ms } # SLO    + api, p50 16ms   →        ceiling: { p99: 180ms } # SLO
 *                                                                     hops:
 *                                                                       api:
 *                                                                         budget: { p50: 16ms }
 */
export function withBudgets(text: string | null, name: string, edits: readonly BudgetEdit[]): string {
  parseConfig(text ?? '', name);
  const document: Document = parseDocument(text ?? '', { prettyErrors: false });
  const root = rootOf(document);
  if (edits.some((edit) => isShared(root, keysOf(root, edit)))) expandAliases(document);
  for (const edit of edits) {
    if (edit.duration === null) remove(root, keysOf(root, edit));
    else put(document, root, keysOf(root, edit), edit.duration);
  }
  const written = document.toString({ lineWidth: 0 });
  return text === null ? `${SCHEMA_LINE}\n${written}` : written;
}

/** A file of comments alone has no mapping yet. */
function rootOf(document: Document): YAMLMap {
  if (isMap(document.contents)) return document.contents;
  const root = new YAMLMap(document.schema);
  document.contents = root;
  return root;
}

function keysOf(root: YAMLMap, { path, entry, isNameShared, part, percentile }: BudgetEdit): string[] {
  const full = `${entry}: ${path}`;
  const key = isNameShared || mapAt(root, ['paths', full]) !== null ? full : path;
  if (part === null) return ['paths', key, 'ceiling', percentile];
  if (part.type === 'hop') return ['paths', key, 'hops', part.id, 'budget', percentile];
  const known = mapAt(root, ['paths', key, 'boundaries'])?.items.map((pair) => nameOf(pair)) ?? [];
  const written = known.find((each) => {
    const sides = parseBoundary(each);
    return sides?.from === part.from && sides.to === part.to;
  });
  return ['paths', key, 'boundaries', written ?? boundaryName(part), 'budget', percentile];
}

function put(document: Document, root: YAMLMap, keys: readonly string[], duration: string): void {
  let map = root;
  for (const key of keys.slice(0, -1)) {
    const found = pairOf(map, key)?.value;
    if (isMap(found)) {
      map = found;
      continue;
    }
    const child = new YAMLMap(document.schema);
    child.flow = ON_ONE_LINE.includes(key);
    add(document, map, key, child);
    map = child;
  }
  const last = keys.at(-1) ?? '';
  const value = pairOf(map, last)?.value;
  if (isScalar(value)) value.value = duration;
  else add(document, map, last, duration);
}

function add(document: Document, map: YAMLMap, key: string, value: unknown): void {
  // `paths: {}` stands for nothing yet, not for a wish to have all of it on one line.
  if (map.items.length === 0 && isMap(value)) map.flow = false;
  map.items.push(document.createPair(key, value));
}

/** With the mappings that are empty then, up to `paths`. */
function remove(root: YAMLMap, keys: readonly string[]): void {
  for (let depth = keys.length - 1; depth > 0; depth--) {
    const map = mapAt(root, keys.slice(0, depth));
    const at = map?.items.findIndex((pair) => nameOf(pair) === keys[depth]) ?? -1;
    if (map === null || at < 0) return;
    map.items.splice(at, 1);
    if (map.items.length > 0) return;
  }
}

/** Whether an alias or an anchor lies on the way: what is changed there would change elsewhere too. */
function isShared(root: YAMLMap, keys: readonly string[]): boolean {
  let node: unknown = root;
  for (const key of keys) {
    if (!isMap(node)) return false;
    const next: unknown = pairOf(node, key)?.value;
    if (isAlias(next) || ((isMap(next) || isScalar(next)) && next.anchor !== undefined)) return true;
    node = next;
  }
  return false;
}

/** Every alias becomes a copy of what it stands for. `parseConfig` has refused those that grow. */
function expandAliases(document: Document): void {
  visit(document, {
    Alias(_, alias) {
      const copy: unknown = alias.resolve(document)?.clone();
      return isNode(copy) ? copy : undefined;
    },
  });
  visit(document, {
    Value(_, node) {
      delete node.anchor;
    },
  });
}

function mapAt(root: YAMLMap, keys: readonly string[]): YAMLMap | null {
  let node: unknown = root;
  for (const key of keys) node = isMap(node) ? pairOf(node, key)?.value : undefined;
  return isMap(node) ? node : null;
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => nameOf(pair) === key);
}

/** As the checked config has it: `404:` is the name "404". */
function nameOf({ key }: Pair): string {
  return isScalar<string | number | boolean | null>(key) ? String(key.value ?? '') : String(key);
}
