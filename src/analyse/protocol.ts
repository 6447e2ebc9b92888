import {
  COMPONENT_PROTOCOLS,
  DATABASE_PROTOCOLS,
  knownName,
  MESSAGING_PROTOCOLS,
  RPC_PROTOCOLS,
} from '../config/protocols.ts';
import type { ReadText } from './inferredHop.ts';

export const PROTOCOL_KEYS = [
  'db.system.name',
  'db.system',
  'db.type',
  'messaging.system',
  'rpc.system.name',
  'rpc.system',
  'http.request.method',
  'http.method',
  'network.protocol.name',
  'net.app.protocol.name',
  'component',
] as const;

/**
 * What goes over a line, by the attributes of a span that crosses it: `sql`, `grpc`, `http`, `nats` … Null where
 * nothing tells. A database or a broker is named before the RPC or HTTP that carries it. OpenTracing's words come last,
 * but for `db.type`, which is `db.system` before it had that name.
 */
export function protocolOf(read: ReadText<(typeof PROTOCOL_KEYS)[number]>): string | null {
  const database = read('db.system.name') ?? read('db.system') ?? read('db.type');
  if (database !== undefined) return knownName(DATABASE_PROTOCOLS, database) ?? database;
  const messaging = read('messaging.system');
  if (messaging !== undefined) return knownName(MESSAGING_PROTOCOLS, messaging) ?? messaging;
  const rpc = read('rpc.system.name') ?? read('rpc.system');
  if (rpc !== undefined) return knownName(RPC_PROTOCOLS, rpc) ?? rpc;
  if ((read('http.request.method') ?? read('http.method')) !== undefined) return 'http';
  const network = (read('network.protocol.name') ?? read('net.app.protocol.name'))?.toLowerCase();
  return network ?? knownName(COMPONENT_PROTOCOLS, read('component')?.toLowerCase() ?? '') ?? null;
}
