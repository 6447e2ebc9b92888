import { tagOf, WireType } from './protobufCursor.ts';

export type Message = 'request' | 'resourceSpans' | 'scopeSpans';
export type Unit = 'resource' | 'scope' | 'span';

/**
 * The fields of the outer messages that are read (trace.proto, trace_service.proto). 1000 is where spans were before
 * scopes. TracesData, ExportTraceServiceRequest and Tempo's Trace are the same on the wire.
 */
export const FIELDS: Readonly<Record<Message, ReadonlyMap<number, Message | Unit>>> = {
  request: new Map([[tagOf(1, WireType.bytes), 'resourceSpans']]),
  resourceSpans: new Map<number, Message | Unit>([
    [tagOf(1, WireType.bytes), 'resource'],
    [tagOf(2, WireType.bytes), 'scopeSpans'],
    [tagOf(1000, WireType.bytes), 'scopeSpans'],
  ]),
  scopeSpans: new Map<number, Message | Unit>([
    [tagOf(1, WireType.bytes), 'scope'],
    [tagOf(2, WireType.bytes), 'span'],
  ]),
};

export interface Level {
  readonly message: Message;
  readonly length: number;
  /** Where it ends, from the beginning of the source. */
  readonly end: number;
}

export const REQUEST: Level = { message: 'request', length: Infinity, end: Infinity };
