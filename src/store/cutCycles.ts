import { NONE, type TraceMembers } from './traceMembers.ts';

/**
 * Cuts every cycle of parents at its earliest member, and returns those members: they have no parent then.
 *
 *     a → b → c → a,  d → b       b started first       b,  c → a → b,  d → b
 *
 * Every member is walked over once: `mark` has the walk that saw it.
 */
export function cutCycles(parent: Int32Array, members: TraceMembers): number[] {
  const mark = new Uint32Array(members.count);
  const cut: number[] = [];
  for (let member = 0; member < members.count; member++) {
    const walk = member + 1;
    let at = member;
    while (at !== NONE && mark[at] === 0) {
      mark[at] = walk;
      at = parent[at];
    }
    if (at === NONE || mark[at] !== walk) continue;
    const earliest = earliestOf(at, parent, members);
    parent[earliest] = NONE;
    cut.push(earliest);
  }
  return cut;
}

function earliestOf(member: number, parent: Int32Array, members: TraceMembers): number {
  const { start } = members;
  let earliest = member;
  for (let other = parent[member]; other !== member; other = parent[other]) {
    if ((start[other] - start[earliest] || members.byRank(other, earliest)) < 0) earliest = other;
  }
  return earliest;
}
