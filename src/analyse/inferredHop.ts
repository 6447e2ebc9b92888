import { SpanKind } from '../store/spanTable.ts';

/** What an outgoing span says about who it called. */
export interface InferredHop {
  /** Section 3's name. */
  readonly name: string;
  readonly origin: 'database' | 'messaging' | 'peer';
}

/** Reads an attribute as text; undefined where it is absent or says nothing. */
export type ReadText<Key extends string> = (key: Key) => string | undefined;

export const INFERRED_HOP_KEYS = [
  'db.system.name',
  'db.system',
  'db.namespace',
  'db.name',
  'messaging.system',
  'messaging.destination.name',
  'messaging.destination',
  'service.peer.name',
  'peer.service',
  'server.address',
  'net.peer.name',
  'net.peer.ip',
  'network.peer.address',
  'rpc.service',
] as const;

type Read = ReadText<(typeof INFERRED_HOP_KEYS)[number]>;

const IP_LITERAL = /^(\d+\.\d+\.\d+\.\d+|\[?[0-9a-f:]*:[0-9a-f:]*\]?)$/i;

/**
 * The hop that a CLIENT or PRODUCER span without a remote span below stands for (section 3); null where nothing names
 * one, and the span is its own service's time.
 *
 *     db.system=postgresql, server.address=primary.db.internal    postgres · primary
 *     messaging.system=kafka, messaging.destination.name=orders   kafka · orders
 *     server.address=api.stripe.com                               api
 *     net.peer.ip=10.1.2.3                                        10.1.2.3
 */
export function inferredHop(kind: number, read: Read): InferredHop | null {
  if (kind !== SpanKind.client && kind !== SpanKind.producer) return null;
  const database = read('db.system.name') ?? read('db.system');
  if (kind === SpanKind.client && database !== undefined) {
    const system = database === 'postgresql' ? 'postgres' : database;
    return { name: joined(system, remoteLabel(read) ?? read('db.namespace') ?? read('db.name')), origin: 'database' };
  }
  const messaging = read('messaging.system');
  if (messaging !== undefined) {
    const destination = read('messaging.destination.name') ?? read('messaging.destination');
    return { name: destination === undefined ? messaging : `${messaging} · ${destination}`, origin: 'messaging' };
  }
  const name =
    remoteLabel(read) ??
    read('server.address') ??
    read('net.peer.name') ??
    read('net.peer.ip') ??
    read('network.peer.address') ??
    read('rpc.service');
  return name === undefined ? null : { name, origin: 'peer' };
}

function joined(system: string, label: string | undefined): string {
  return label === undefined || label === system ? system : `${system} · ${label}`;
}

function remoteLabel(read: Read): string | undefined {
  const peer = read('service.peer.name') ?? read('peer.service');
  if (peer !== undefined) return peer;
  const label = [read('server.address'), read('net.peer.name')].find(isNamed)?.split('.')[0];
  return label === '' ? undefined : label;
}

/** IP literals and localhost name nobody. */
function isNamed(host: string | undefined): host is string {
  return host !== undefined && host !== 'localhost' && !IP_LITERAL.test(host);
}
