import { describe, expect, test } from 'vitest';
import { analysed, hopTimes, lineTimes, onlyPath } from '../helpers/analysed.ts';

const hops = (text: string): string[] => onlyPath(text).hops.map(({ id }) => id);

describe('assignAccounts', () => {
  test('assignAccounts gives server, consumer, internal and unspecified spans to their service', () => {
    const path = onlyPath(`
      a root 0..100 server
        a work 10..20 internal
        a other 20..30 unspecified
        b job 40..50 consumer
    `);
    expect(hopTimes(path)).toEqual({ a: [90, 90], b: [10, 10] });
    expect(lineTimes(path)).toEqual({ 'a → b': '—' });
  });

  test('assignAccounts makes a client with a remote span below a boundary: client time less server time', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..60 client
          b serve 20..50 server
    `);
    expect(hopTimes(path)).toEqual({ a: [50, 50], b: [30, 30] });
    expect(lineTimes(path)).toEqual({ 'a → b': [20, 20] });
  });

  test('assignAccounts finds the remote span through spans of the same service', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..60 client
          a retry 12..58 internal
            a attempt 14..56 client
              b serve 20..50 server
    `);
    expect(lineTimes(path)).toEqual({ 'a → b': [20, 20] });
  });

  test('assignAccounts does not look through another service, nor through a server', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..60 client [peer.service=x]
          b odd 15..55 internal
            c serve 20..50 server
    `);
    expect(hopTimes(path)).toEqual({ a: [50, 50], x: [10, 10], b: [10, 10], c: [30, 30] });
    expect(lineTimes(path)).toEqual({ 'a → x': '—', 'a → b': '—', 'b → c': '—' });
  });

  test('assignAccounts takes the remote span that starts first', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..90 client
          c serve 50..60 server
          b serve 20..40 server
    `);
    expect(lineTimes(path)).toEqual({ 'a → b': [50, 50], 'a → c': '—' });
  });

  test('assignAccounts does not take an adopted orphan for the remote span', () => {
    const path = onlyPath(`
      a root 0..100 client
      b serve 20..50 server parent=99
    `);
    expect(hopTimes(path)).toEqual({ a: [70, 70], b: [30, 30] });
    expect(lineTimes(path)).toEqual({ 'a → b': 'adopted' });
  });

  test('assignAccounts lets spans below a call share its account, unless they serve or consume', () => {
    const path = onlyPath(`
      a root 0..100 server
        a SELECT 10..60 client [db.system=postgresql]
          a pool.acquire 10..20 internal
          a dns 20..30 client
    `);
    expect(hopTimes(path)).toEqual({ a: [50, 50], postgres: [50, 50] });
    const back = onlyPath(`
      a root 0..100 server
        a call 10..60 client
          b serve 20..30 server
          a tls 30..40 internal
          a callback 40..50 server
    `);
    expect(hopTimes(back)).toEqual({ a: [60, 60], b: [10, 10] });
    expect(lineTimes(back)).toEqual({ 'a → b': [30, 30] });
  });

  test('assignAccounts gives what follows a call inside its own service back to the service', () => {
    const path = onlyPath(`
      a root 0..100 server
        a work 10..60 client
          a part 20..40 internal
    `);
    expect(hopTimes(path)).toEqual({ a: [100, 100] });
    expect(path.boundaries).toEqual([]);
  });

  test('assignAccounts draws a boundary from a service to itself where it calls itself', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..60 client
          a serve 20..50 server
    `);
    expect(hopTimes(path)).toEqual({ a: [80, 80] });
    expect(lineTimes(path)).toEqual({ 'a → a': [20, 20] });
  });

  test('assignAccounts takes an inferred name that is a service for that service', () => {
    const path = onlyPath(`
      a root 0..100 server
        a call 10..60 client [peer.service=b]
        a call 60..90 client
          b serve 70..80 server
    `);
    expect(hopTimes(path)).toEqual({ a: [20, 20], b: [60, 60] });
    expect(lineTimes(path)).toEqual({ 'a → b': [20, 20] });
  });

  test('assignAccounts makes one hop of a store that two services reach', () => {
    const path = onlyPath(`
      a root 0..100 server
        a SELECT 10..20 client [db.system=mysql, server.address=orders.db]
        a call 20..80 client
          b serve 20..80 server
            b SELECT 30..50 client [db.system=mysql, server.address=orders.db]
    `);
    expect(hopTimes(path)).toMatchObject({ 'mysql · orders': [30, 30] });
    expect(lineTimes(path)).toMatchObject({ 'a → mysql · orders': '—', 'b → mysql · orders': '—' });
  });

  test('assignAccounts prefixes the namespace, and names a service without a name', () => {
    const text = `
      a root 0..100 server
        b work 10..20 internal
    `;
    const resources = { a: { 'service.namespace': 'shop' }, b: { 'service.name': '' } };
    expect(analysed(text, undefined, resources).paths[0].hops.map(({ id }) => id)).toEqual([
      'shop / a',
      'unknown_service',
    ]);
  });
});

describe('inferredHop', () => {
  const named = (attributes: string, kind = 'client'): string | undefined =>
    hops(`a root 0..9 server\n  a call 1..2 ${kind} [${attributes}]`).find((id) => id !== 'a');

  test.each([
    ['db.system=postgresql', 'postgres'],
    ['db.system.name=redis, db.system=x', 'redis'],
    ['db.system=mysql, service.peer.name=p, peer.service=q', 'mysql · p'],
    ['db.system=mysql, peer.service=q, server.address=h.x', 'mysql · q'],
    ['db.system=mysql, server.address=primary.db.internal', 'mysql · primary'],
    ['db.system=mysql, server.address=10.0.0.1, net.peer.name=replica', 'mysql · replica'],
    ['db.system=mysql, server.address=localhost, db.namespace=main', 'mysql · main'],
    ['db.system=mysql, server.address=::1, db.name=main', 'mysql · main'],
    ['db.system=mysql, server.address=[fe80::1], db.name=main', 'mysql · main'],
    ['db.system=redis, server.address=redis.cache', 'redis'],
    ['db.system=postgresql, server.address=postgres', 'postgres'],
    ['messaging.system=kafka, messaging.destination.name=orders', 'kafka · orders'],
    ['messaging.system=kafka, messaging.destination=orders', 'kafka · orders'],
    ['messaging.system=kafka, peer.service=x', 'kafka'],
    ['db.system=mysql, messaging.system=kafka', 'mysql'],
    ['server.address=api.stripe.com', 'api'],
    ['server.address=10.0.0.1', '10.0.0.1'],
    ['net.peer.name=localhost', 'localhost'],
    ['net.peer.ip=10.0.0.2, network.peer.address=10.0.0.3', '10.0.0.2'],
    ['network.peer.address=10.0.0.3, rpc.service=S', '10.0.0.3'],
    ['rpc.service=oteldemo.Cart', 'oteldemo.Cart'],
    ['db.name=main', undefined],
    ['peer.service=a', undefined],
  ])('inferredHop names a call with %s %s', (attributes, name) => {
    expect(named(attributes)).toBe(name);
  });

  test('inferredHop takes databases from clients alone, the rest from producers too', () => {
    expect(named('db.system=mysql, messaging.system=kafka', 'producer')).toBe('kafka');
    expect(named('db.system=mysql, peer.service=x', 'producer')).toBe('x');
    expect(named('db.system=mysql', 'internal')).toBeUndefined();
    expect(named('peer.service=x', 'server')).toBeUndefined();
  });
});
