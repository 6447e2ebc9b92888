/** A bug in our own code: stop here, loudly. Bad input is never asserted on; it becomes an Issue. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Hopline bug: ${message}`);
}

/** Ends a switch over a union, so that a new member is a compile error where it is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Hopline bug: unexpected ${JSON.stringify(value)}`);
}
