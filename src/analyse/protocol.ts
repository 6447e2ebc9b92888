import { DATABASE_PROTOCOLS, MESSAGING_PROTOCOLS, RPC_PROTOCOLS } from '../config/protocols.ts';
import type { ReadText } from './inferredHop.ts';

export const PROTOCOL_KEYS = [
  'db.system.name',
  'db.system',
  'messaging.system',
  'rpc.system.name',
  'rpc.system',
  'http.request.method',
  'http.method',
  'network.protocol.name',
  'net.app.protocol.name',
] as const;

/**
 * What goes over a line, by the attributes of a span that crosses it: `sql`, `grpc`, `http`, `nats` … Null where
 * nothing tells. A database or a broker is named before the RPC or HTTP that carries it.
 */
export function protocolOf(read: ReadText<(typeof PROTOCOL_KEYS)[number]>): string | null {
  const database = read('db.system.name') ?? read('db.system');
  if (database !== undefined) return databaseProtocol(database);
  const messaging = read('messaging.system');
  if (messaging !== undefined) return messagingProtocol(messaging);
  const rpc = read('rpc.system.name') ?? read('rpc.system');
  if (rpc !== undefined) return RPC_PROTOCOLS[rpc] ?? rpc;
  if ((read('http.request.method') ?? read('http.method')) !== undefined) return 'http';
  return (read('network.protocol.name') ?? read('net.app.protocol.name'))?.toLowerCase() ?? null;
}

function databaseProtocol(system: string): string {
  return DATABASE_PROTOCOLS[system] ?? system;
}

function messagingProtocol(system: string): string {
  return MESSAGING_PROTOCOLS[system] ?? system;
}
