import { describe, expect, test } from 'vitest';
import { configJsonSchema, KEY_DESCRIPTIONS } from '../../src/config/configJsonSchema.ts';

/** Every property of the schema, by name, with its description. */
function properties(schema: unknown): [string, unknown][] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const below = properties(value);
    if (key !== 'properties' || typeof value !== 'object' || value === null) return below;
    const own = Object.entries(value).map(([name, each]: [string, unknown]): [string, unknown] => [
      name,
      typeof each === 'object' && each !== null && 'description' in each ? each.description : undefined,
    ]);
    return [...own, ...below];
  });
}

describe('configJsonSchema', () => {
  test('configJsonSchema describes every key, and no other', () => {
    const found = properties(configJsonSchema());
    expect(found.length).toBeGreaterThan(30);
    for (const [name, description] of found) expect([name, description]).toEqual([name, KEY_DESCRIPTIONS[name]]);
    expect(new Set(found.map(([name]) => name))).toEqual(new Set(Object.keys(KEY_DESCRIPTIONS)));
  });

  test('configJsonSchema is closed, and knows durations, layers and boundaries', () => {
    expect(configJsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      additionalProperties: false,
      properties: {
        layers: { items: { properties: { layer: { enum: ['client', 'edge', 'gateway', 'service', 'data'] } } } },
        paths: {
          additionalProperties: {
            additionalProperties: false,
            properties: {
              ceiling: { properties: { p50: { type: 'string', pattern: expect.stringContaining('ns|us|µs|ms|s|m') } } },
              boundaries: { propertyNames: { pattern: expect.stringContaining('→|->') } },
            },
          },
        },
      },
    });
  });
});
