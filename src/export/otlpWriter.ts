import type { StringTable } from '../base/strings.ts';
import type { ResourceGroup } from './spanGroups.ts';

/** Writes one ExportTraceServiceRequest after the other (opentelemetry-proto, trace_service.proto). */
export interface OtlpWriter {
  write(groups: readonly ResourceGroup[]): Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Strings as UTF-8 that is valid: one byte that is not makes strict readers refuse a whole request. */
export function utf8Of(strings: StringTable, id: number): Uint8Array {
  const bytes = strings.bytes(id);
  return strings.invalidTexts === 0 ? bytes : encoder.encode(decoder.decode(bytes));
}

/** The text of a string, without keeping it as `strings.text` does. */
export function textOf(strings: StringTable, id: number): string {
  return decoder.decode(strings.bytes(id));
}
