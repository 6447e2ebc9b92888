import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { parseSync } from 'vite';

/** A file of `src/` as the architecture tests see it. Paths are relative to the repository, with slashes. */
export interface SourceFile {
  readonly path: string;
  /** See `roomOf`. */
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Names that are used and nowhere declared in the file: globals. `Date.now`, `Math.random` with their object. */
  readonly globals: ReadonlySet<string>;
  readonly counts: Readonly<Record<Looseness, number>>;
}

/** Where the compiler is told to look away. */
export type Looseness = 'any' | 'nonNull' | 'cast' | 'suppression' | 'defaultExport';

export interface Import {
  /** As written: `react`, `node:fs`; a file of ours as its path in the repository. */
  readonly target: string;
  readonly isOurs: boolean;
  readonly isTypeOnly: boolean;
  /** Loaded at run time, when it is wanted: no part of a cycle. */
  readonly isDynamic: boolean;
}

interface AstNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** `base`, `decode` …; for a file that lies in `src/` itself, its name without the ending. What builds the kernel is apart. */
export function roomOf(path: string): string {
  if (path.startsWith('src/decode/kernel/build/')) return 'kernel build';
  return /^src\/([^/.]+)/.exec(path)?.[1] ?? '';
}

export function readSourceFiles(): SourceFile[] {
  return readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path))
    .toSorted()
    .map((path) => readSourceFile(path, readFileSync(path, 'utf8')));
}

export function readSourceFile(path: string, text: string): SourceFile {
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const nodes = [...walk(program as unknown as AstNode)];
  const count = (test: (node: AstNode) => boolean): number => nodes.filter(({ node }) => test(node)).length;
  return {
    path,
    room: roomOf(path),
    lines: text.trimEnd().split('\n').length,
    imports: nodes.flatMap(({ node }) => importOf(path, node) ?? []),
    globals: globalsOf(nodes),
    counts: {
      any: count(({ type }) => type === 'TSAnyKeyword'),
      nonNull: count(({ type, definite }) => type === 'TSNonNullExpression' || definite === true),
      // In AssemblyScript `<u32>x` computes: it is a conversion.
      cast: /\/assembly\//.test(path)
        ? 0
        : count((node) => (node.type === 'TSAsExpression' && !isConst(node)) || node.type === 'TSTypeAssertion'),
      suppression: comments.filter(({ value }) => /@ts-|oxlint-disable|eslint-disable/.test(value)).length,
      defaultExport: count(({ type }) => type === 'ExportDefaultDeclaration'),
    },
  };
}

interface Visit {
  readonly node: AstNode;
  readonly parent: AstNode | null;
  /** The field of the parent that holds the node. */
  readonly field: string;
}

function* walk(root: AstNode): Generator<Visit> {
  const open: Visit[] = [{ node: root, parent: null, field: '' }];
  for (let visit = open.pop(); visit; visit = open.pop()) {
    yield visit;
    for (const [field, value] of Object.entries(visit.node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) open.push({ node: child, parent: visit.node, field });
      }
    }
  }
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isConst({ typeAnnotation }: AstNode): boolean {
  return isNode(typeAnnotation) && isNode(typeAnnotation['typeName']) && typeAnnotation['typeName']['name'] === 'const';
}

function importOf(path: string, node: AstNode): Import | null {
  const source = node['source'] ?? (node.type === 'TSImportType' ? node['argument'] : null);
  if (!isNode(source) || typeof source['value'] !== 'string') return null;
  const written = source['value'].replace(/\?.*$/, '');
  const isOurs = written.startsWith('.');
  const specifiers: unknown = node['specifiers'];
  const isEachType =
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every(
      (specifier: unknown) => isNode(specifier) && (specifier['importKind'] ?? specifier['exportKind']) === 'type',
    );
  return {
    target: isOurs ? posix.join(dirname(path), written) : written,
    isOurs,
    isTypeOnly:
      node.type === 'TSImportType' || node['importKind'] === 'type' || node['exportKind'] === 'type' || isEachType,
    isDynamic: node.type === 'ImportExpression',
  };
}

/** Identifiers that name a value, less those that the file declares anywhere: coarse, but it errs on no real global. */
function globalsOf(visits: readonly Visit[]): Set<string> {
  const declared = new Set<string>();
  const used = new Set<string>();
  for (const { node, parent, field } of visits) {
    if (node.type !== 'Identifier' || parent === null || typeof node['name'] !== 'string') continue;
    const isKey = (field === 'property' || field === 'key') && parent['computed'] !== true;
    if (parent.type.startsWith('TS') && parent.type !== 'TSAsExpression' && parent.type !== 'TSNonNullExpression')
      continue;
    if (isDeclaration(parent, field)) declared.add(node['name']);
    else if (!isKey) used.add(qualified(node['name'], parent));
  }
  return new Set([...used].filter((name) => !declared.has(name.split('.')[0] ?? name)));
}

function isDeclaration(parent: AstNode, field: string): boolean {
  return (
    field === 'params' ||
    field === 'local' ||
    (field === 'id' && /Declarat/.test(parent.type)) ||
    (field === 'param' && parent.type === 'CatchClause') ||
    (field === 'value' && parent.type === 'Property') ||
    parent.type === 'ArrayPattern' ||
    parent.type === 'RestElement' ||
    (field === 'left' && parent.type === 'AssignmentPattern')
  );
}

/** `Date` in `Date.now()` is `Date.now`; in `new Date()` it is `new Date()`, which reads the clock, while `new Date(0)` does not. */
function qualified(name: string, parent: AstNode): string {
  const { property } = parent;
  if (parent.type === 'MemberExpression' && isNode(property) && typeof property['name'] === 'string')
    return `${name}.${property['name']}`;
  const isWithoutArguments = Array.isArray(parent['arguments']) && parent['arguments'].length === 0;
  return parent.type === 'NewExpression' && isWithoutArguments ? `new ${name}()` : name;
}
