import * as z from 'zod/mini';
import { configSchema } from './configSchema.ts';

/** What a key of `hopline.yaml` means, for the editor that completes it. A key means the same wherever it stands. */
export const KEY_DESCRIPTIONS: Readonly<Record<string, string>> = {
  theme: 'Colours of rendered diagrams; auto follows the reader’s. --theme comes before it.',
  layers:
    'Rules that put hops into layers, before the built-in ones. The first rule that matches wins; any of its conditions is enough.',
  builtInLayers: 'false: the rules under layers alone hold.',
  layer: 'The column in which the hop stands.',
  why: 'One sentence that says why; the details of the hop show it.',
  hop: 'The hop’s name; * stands for anything.',
  scope: 'The name of an instrumentation scope of its spans; * stands for anything.',
  resource: 'Attributes of its resource, each with what its value must be; * stands for anything.',
  span: 'Attributes of its own spans, each with what the value must be; * stands for anything.',
  call: 'Attributes of the calls to it, each with what the value must be; * stands for anything.',
  renames:
    'A hop’s name in the traces, where * stands for anything: the name that it has here. Keeps budgets and diagrams over a refactoring; several old names may become one hop.',
  groups:
    'A request path’s name here: the names in the traces that it stands for, where * stands for anything. The first group that matches wins.',
  hops: 'By hop, where * stands for anything: its role, its note and its budget. On top for every path; under a path for that path, which comes first. An exact name comes before patterns.',
  role: 'A word behind the name: POP, primary.',
  note: 'The line under the name, instead of what was measured.',
  budget: 'What the own time of the hop or boundary may be: how long it is at work itself.',
  tolerances: 'Where a verdict changes, in percent of the budget.',
  near: 'Above this part of its budget something is near (90% if nothing else is said).',
  over: 'Above this part of its budget something is over (100% if nothing else is said).',
  paths:
    'By request path, as "hopline inspect" lists it, where * stands for anything: its budgets. An exact name comes before patterns, and of patterns the first; "entry: name" tells paths of the same name apart.',
  ceiling: 'What the whole request may take.',
  boundaries:
    'By boundary, from → to (or ->), where * stands for anything: its budget, where both of its sides were traced.',
  p50: 'The bound at the median: 16ms, 1.5s, 400us.',
  p95: 'The bound at the 95th percentile: 16ms, 1.5s, 400us.',
  p99: 'The bound at the 99th percentile: 16ms, 1.5s, 400us.',
};

/** The JSON Schema of `hopline.yaml`, made of the very schema that checks it. For the build; it costs nothing at run time. */
export function configJsonSchema(): unknown {
  const { $schema, ...schema } = z.toJSONSchema(configSchema, { io: 'input', reused: 'inline' });
  return { $schema, title: 'hopline.yaml', description: 'Hopline: names, layers and budgets.', ...described(schema) };
}

function described(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]: [string, unknown]) => [
      key,
      key === 'properties' && isObject(value) ? withDescriptions(value) : isObject(value) ? described(value) : value,
    ]),
  );
}

function withDescriptions(properties: object): object {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]: [string, unknown]) => [
      name,
      { description: KEY_DESCRIPTIONS[name], ...(isObject(value) && described(value)) },
    ]),
  );
}

/** Lists of schemas hold no properties here, so they stay as they are. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
