import type { Position } from '../sourceReport.ts';
import type { JsonObject } from './jsonValue.ts';

/**
 * Where in a document the items are: objects that are read whole, one at a time, however large the document is.
 *
 *     {"data":[{"traceID":"1f", "spans":[{…},{…}], "processes":{…}}]}       Jaeger's answer
 *     group    group trace       items span         item processes
 *
 * A list stands for its elements, also a list in a list. A member that is not named here is passed over.
 */
export interface Group<Item extends string> {
  readonly group: string;
  readonly members: Readonly<Record<string, Place<Item>>>;
}

/** The name of an item, or an object that has items in it. */
export type Place<Item extends string> = Item | Group<Item>;

/** What a format does with its items. */
export interface ItemReceiver<Item extends string> {
  /** An object of this group begins: the items that follow are in it. */
  open?(group: string): void;
  item(name: Item, value: JsonObject, at: Position): void;
  /** A text where an item may be, alone or in a list; passed over where nobody takes it. */
  text?(name: Item, value: string, at: Position): void;
  /** The object ended, or was cut off by damage or by the end of the source. */
  close?(group: string): void;
  /** The source is at its end. */
  finish?(): void;
}
