import { Document, isMap, isScalar, visit } from 'yaml';
import { writeDuration } from './duration.ts';
import type { Budget, PathConfig } from './hoplineConfig.ts';

/** The first line of a config: YAML's language server, behind most editors, takes the schema from it. */
export const SCHEMA_LINE = '# yaml-language-server: $schema=./node_modules/hopline/dist/hopline.schema.json';

/** Mappings that fit on a line. */
const ON_ONE_LINE = ['ceiling', 'budget'];

/**
 * A config with budgets as text, with the schema's line and remarks above it. Names are quoted where YAML needs it.
 *
 *     paths:
 *       GET /catalog/:id:
 *         ceiling: { p50: 60ms, p99: 250ms }
 *         hops:
 *           go.gateway:
 *             budget: { p50: 4ms }
 */
export function writeConfig(paths: Readonly<Record<string, PathConfig>>, remarks: readonly string[]): string {
  const document = new Document({ paths: mapped(paths, toPlain) });
  visit(document, {
    Pair(_, { key, value }) {
      if (isScalar(key) && ON_ONE_LINE.includes(String(key.value)) && isMap(value)) value.flow = true;
    },
  });
  return `${[SCHEMA_LINE, ...remarks.map((remark) => `# ${remark}`)].join('\n')}\n${document.toString({ lineWidth: 0 })}`;
}

function toPlain({ ceiling, hops, boundaries }: PathConfig) {
  return {
    ...(ceiling && { ceiling: durations(ceiling) }),
    ...(hops && { hops: mapped(hops, ({ budget }) => ({ budget: durations(budget ?? {}) })) }),
    ...(boundaries && { boundaries: mapped(boundaries, ({ budget }) => ({ budget: durations(budget ?? {}) })) }),
  };
}

function durations(budget: Budget) {
  return mapped({ ...budget }, writeDuration);
}

/** A Map, for a name may be `__proto__`. */
function mapped<T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Map<string, U> {
  return new Map(Object.entries(record).map(([key, value]) => [key, to(value)]));
}
