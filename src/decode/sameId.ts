import type { JsonValue } from './items/jsonValue.ts';

/** Whether two ids in hex are one. Leading zeros may be lost in one place and not in the other. */
export function isSameId(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === b || (typeof a === 'string' && typeof b === 'string' && digits(a) === digits(b));
}

function digits(id: string): string {
  return id.replace(/^0+/, '').toLowerCase();
}
