/** Names that several paths have: each is entered elsewhere, so the entry tells them apart. */
export function ambiguousNames(paths: readonly { readonly name: string }[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(paths.filter(({ name }) => seen.has(name) || !seen.add(name)).map(({ name }) => name));
}
