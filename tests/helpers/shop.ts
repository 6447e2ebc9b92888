/**
 * Requests of a little shop as text for `traceText`: a gateway, a service behind it, its database; times in ms.
 *
 *     gate 2 · shop (total − 2 − data) · postgres (data) · gate → shop 0
 */
export interface ShopRequest {
  readonly data: number;
  readonly shop?: number;
  readonly gate?: number;
  readonly route?: string;
  /** The name of the service, and of the database. */
  readonly service?: string;
  readonly database?: string;
  /** When it starts, ms. */
  readonly at?: number;
  readonly extra?: string;
}

export function shopText(requests: readonly ShopRequest[]): string {
  return requests
    .map(({ data, shop = 10, gate = 2, route = '/cart', service = 'shop', database = 'db', at = 0, extra }) => {
      const end = at + gate + shop + data;
      const call = at + gate + shop / 2;
      return [
        `gate-way GET ${at}..${end} server [http.request.method=GET, http.route=${route}]`,
        `  gate-way GET ${at + gate}..${end} client`,
        `    ${service} GET ${at + gate}..${end} server`,
        `      ${service} SELECT ${call}..${call + data} client [db.system=postgresql, server.address=${database}]`,
        ...(extra === undefined
          ? []
          : [`      ${service} ${extra} ${call + data}..${call + data + 0.5} client [db.system=redis]`]),
      ].join('\n');
    })
    .join('\n\n');
}

/** Numbers that stray around a middle, the same ones every time: `count` of them, `spread` to either side. */
export function strayed(count: number, middle: number, spread: number, phase = 0): number[] {
  return Array.from({ length: count }, (_, i) => middle + spread * Math.sin(12.9898 * (i + 1) + phase));
}
