import { grown } from '../base/growable.ts';
import { PairIds } from '../base/pairIds.ts';

/** No line, no parent. */
const NONE = -1;

/**
 * What a span does in its trace: for which service, on which account, below whom, and what its attributes say.
 * Millions of spans do a few hundred works, and what follows from a work is worked out once (accounts.ts).
 *
 *     work   service  account      below            says       then
 *     0      shop     shop         nobody           –          reaches shop
 *     1      shop     postgres     shop, on shop    db.system  visits postgres, draws shop → postgres
 *     2      prices   prices       shop, on line    –          visits prices, draws shop → prices
 *
 * Columns by number of the work.
 */
export class Works {
  count = 0;
  /** The number of (service, account). */
  place = new Uint32Array(64);
  /** The span's service, a hop. */
  home = new Uint32Array(64);
  /** The span's account, and that of its service. */
  account = new Uint32Array(64);
  homeAccount = new Uint32Array(64);
  /** The number of the span's fact. */
  fact = new Uint32Array(64);
  /** 1 where the account is a boundary. */
  isBoundary = new Uint8Array(64);
  /** 1 where the account is a hop and the parent is on another account. */
  isVisit = new Uint8Array(64);
  /** The line to the hop that the span's call stands for; −1 where it stands for none. */
  callLine = new Int32Array(64);
  /** The line from the parent's service; −1 where that is the same one. */
  entryLine = new Int32Array(64);
  /** How many spans do it. */
  spans = new Float64Array(64);

  readonly #accounts: PairIds;
  readonly #places = new PairIds();

  /** `accounts` are the pairs that accounts are: a hop (hop, 0), a boundary (from, to + 1). */
  constructor(accounts: PairIds) {
    this.#accounts = accounts;
  }

  /** The service and the account of a place. */
  placeHome(place: number): number {
    return this.#places.first(place);
  }

  placeAccount(place: number): number {
    return this.#places.second(place);
  }

  /** One work more; `placeAbove` is its parent's, −1 for a root. */
  append(home: number, account: number, placeAbove: number, fact: number): void {
    const pairs = this.#accounts;
    const number = this.count++;
    if (number === this.home.length) this.#reserve(number + 1);
    const homeAccount = pairs.id(home, 0);
    const homeAbove = placeAbove === NONE ? home : this.placeHome(placeAbove);
    const accountAbove = placeAbove === NONE ? homeAccount : this.placeAccount(placeAbove);
    const isHop = pairs.second(account) === 0;
    this.place[number] = this.#places.id(home, account);
    this.home[number] = home;
    this.account[number] = account;
    this.homeAccount[number] = homeAccount;
    this.fact[number] = fact;
    this.isBoundary[number] = isHop ? 0 : 1;
    this.isVisit[number] = isHop && account !== accountAbove ? 1 : 0;
    this.callLine[number] = isHop && account !== homeAccount ? pairs.id(home, pairs.first(account) + 1) : NONE;
    this.entryLine[number] = home === homeAbove ? NONE : pairs.id(homeAbove, home + 1);
  }

  #reserve(length: number): void {
    this.place = grown(this.place, length);
    this.home = grown(this.home, length);
    this.account = grown(this.account, length);
    this.homeAccount = grown(this.homeAccount, length);
    this.fact = grown(this.fact, length);
    this.isBoundary = grown(this.isBoundary, length);
    this.isVisit = grown(this.isVisit, length);
    this.callLine = grown(this.callLine, length);
    this.entryLine = grown(this.entryLine, length);
    this.spans = grown(this.spans, length);
  }
}
