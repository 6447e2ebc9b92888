/**
 * Where everything lies. All addresses are constants, so that no load has to look one up, and nothing is allocated:
 *
 *     0            64 KiB          + INPUT_BYTES
 *     | constants | input | zeros | strings | shapes | values | spans | items | memos |
 *
 * The capacities are those of some MB of input as exporters write it; what goes beyond one stops the entry (`stopFull`),
 * the host takes what is there, and reading goes on with an empty batch. So none of them limits what can be read.
 * Every region has a multiple of 16 bytes, and 64 to spare where one is read 16 bytes at a time.
 */

/** The compiler puts constant data below this (`takeMemory` checks it). */
const FIRST: usize = 1 << 16;
const SPARE: usize = 64;

// Input, filled by the host, which keeps 64 zeros behind the end of what it filled in.
export const INPUT: usize = FIRST;
export const INPUT_BYTES: u32 = 4 << 20;

// Strings.
export const STRINGS: u32 = 1 << 17;
export const STRING_BYTES: u32 = 16 << 20;
export const STRING_OFFSETS: usize = INPUT + INPUT_BYTES + SPARE;
export const STRING_HASHES: usize = STRING_OFFSETS + (STRINGS << 2) + SPARE;
/** Open addressing, up to two slots a string: the top of its hash, and its id + 1. */
export const STRING_TABLE: usize = STRING_HASHES + (STRINGS << 2);
export const STRING_POOL: usize = STRING_TABLE + (STRINGS << 3);
/** Where a string is put together whose bytes are not those of the input. */
export const SCRATCH: usize = STRING_POOL + STRING_BYTES + SPARE;
export const SCRATCH_BYTES: u32 = 1 << 20;

// Shapes of attribute lists, and what is expected to follow them.
export const SHAPES: u32 = 1 << 15;
/** Beginnings of lists: by the name of what has the list, and three for lists of things without one. */
export const NAMED_ROOTS: u32 = 1 << 10;
export const ROOTS: u32 = NAMED_ROOTS + 3;
export const SHAPE_KEY: usize = SCRATCH + SCRATCH_BYTES + SPARE;
export const SHAPE_TYPE: usize = SHAPE_KEY + (SHAPES << 2);
export const SHAPE_UP: usize = SHAPE_TYPE + SHAPES;
/** What a shape was made a child of: a shape or a root. */
export const SHAPE_PARENT: usize = SHAPE_UP + (SHAPES << 2);
/** A record of 32 bytes for every shape and root. */
export const NODES: usize = SHAPE_PARENT + (SHAPES << 2);
export const NODE_BYTES_LOG2: u32 = 5;
export const LEADS: usize = NODES + (((SHAPES + ROOTS + 1) & ~1) << NODE_BYTES_LOG2);
export const LEAD_BYTES: u32 = 4 << 20;

// Values of attributes.
export const VALUES: u32 = 1 << 19;
export const NUMBERS: u32 = 1 << 18;
export const VALUE: usize = LEADS + LEAD_BYTES + SPARE;
export const VALUE_TYPE: usize = VALUE + (VALUES << 2);
export const NUMBER: usize = VALUE_TYPE + VALUES;

// Traces.
export const TRACES: u32 = 1 << 16;
/** Four words each. */
export const TRACE_ID: usize = NUMBER + (NUMBERS << 3);
export const TRACE_TABLE: usize = TRACE_ID + (TRACES << 4);
export const TRACE_TABLE_SLOTS: u32 = TRACES << 1;
export const TRACE_SLOTS: usize = TRACE_TABLE + (TRACE_TABLE_SLOTS << 2);

// Spans: their traces, and rows of 64 bytes, see spans.ts.
export const SPANS: u32 = 1 << 16;
export const SPAN_TRACE: usize = TRACE_SLOTS + (TRACES << 2);
export const SPAN_ROWS: usize = SPAN_TRACE + (SPANS << 2);
export const SPAN_ROW_LOG2: u32 = 6;

// Spans in order: see trees.ts.
export const PLACE: usize = SPAN_ROWS + (SPANS << SPAN_ROW_LOG2);
export const TREE: usize = PLACE + (SPANS << 2);
export const TRACE_END: usize = TREE + (SPANS << 2);
export const BY_TRACE: usize = TRACE_END + (TRACES << 2);
/** Of one trace at a time: by its members, or by places in its order. */
export const MEMBER_ID: usize = BY_TRACE + (SPANS << 2);
export const MEMBER_PARENT_ID: usize = MEMBER_ID + (SPANS << 3);
export const MEMBER_START: usize = MEMBER_PARENT_ID + (SPANS << 3);
export const MEMBER_END: usize = MEMBER_START + (SPANS << 3);
export const PARENT: usize = MEMBER_END + (SPANS << 3);
export const FIRST_CHILD: usize = PARENT + (SPANS << 2);
export const NEXT_SIBLING: usize = FIRST_CHILD + (SPANS << 2);
export const PRE_ORDER: usize = NEXT_SIBLING + (SPANS << 2);
export const POSITION: usize = PRE_ORDER + (SPANS << 2);
export const STACK: usize = POSITION + (SPANS << 2);
/** Two to four slots a member. */
export const ID_TABLE: usize = STACK + (SPANS << 2);

/** The columns of spans, by place: see columns.ts. */
export const SPAN_ID_COLUMN: usize = ID_TABLE + (SPANS << 3);
export const PARENT_ID_COLUMN: usize = SPAN_ID_COLUMN + (SPANS << 3);
export const START_COLUMN: usize = PARENT_ID_COLUMN + (SPANS << 3);
export const END_COLUMN: usize = START_COLUMN + (SPANS << 3);
export const TRACE_COLUMN: usize = END_COLUMN + (SPANS << 3);
export const NAME_COLUMN: usize = TRACE_COLUMN + (SPANS << 2);
export const RESOURCE_COLUMN: usize = NAME_COLUMN + (SPANS << 2);
export const SCOPE_COLUMN: usize = RESOURCE_COLUMN + (SPANS << 2);
export const SHAPE_COLUMN: usize = SCOPE_COLUMN + (SPANS << 2);
export const OFFSET_COLUMN: usize = SHAPE_COLUMN + (SPANS << 2);
export const FACTS_COLUMN: usize = OFFSET_COLUMN + (SPANS << 2);
export const TRACE_STATE_COLUMN: usize = FACTS_COLUMN + (SPANS << 2);
export const STATUS_MESSAGE_COLUMN: usize = TRACE_STATE_COLUMN + (SPANS << 2);

// Events and links: RawItems.
export const EVENTS: u32 = 1 << 16;
export const EVENT_SPAN: usize = STATUS_MESSAGE_COLUMN + (SPANS << 2);
export const EVENT_TIME: usize = EVENT_SPAN + (EVENTS << 2);
export const EVENT_NAME: usize = EVENT_TIME + (EVENTS << 3);
export const EVENT_SHAPE: usize = EVENT_NAME + (EVENTS << 2);
export const EVENT_OFFSET: usize = EVENT_SHAPE + (EVENTS << 2);
export const LINKS: u32 = 1 << 16;
export const LINK_SPAN: usize = EVENT_OFFSET + (EVENTS << 2);
export const LINK_TRACE_ID: usize = LINK_SPAN + (LINKS << 2);
export const LINK_SPAN_ID: usize = LINK_TRACE_ID + (LINKS << 4);
export const LINK_SHAPE: usize = LINK_SPAN_ID + (LINKS << 3);
export const LINK_OFFSET: usize = LINK_SHAPE + (LINKS << 2);

// Resources and scopes: Slots.
export const SLOTS: u32 = 1 << 14;
export const RESOURCE_SHAPE: usize = LINK_OFFSET + (LINKS << 2);
export const RESOURCE_OFFSET: usize = RESOURCE_SHAPE + (SLOTS << 2);
export const SCOPE_SHAPE: usize = RESOURCE_OFFSET + (SLOTS << 2);
export const SCOPE_OFFSET: usize = SCOPE_SHAPE + (SLOTS << 2);
export const SCOPE_NAME: usize = SCOPE_OFFSET + (SLOTS << 2);
export const SCOPE_VERSION: usize = SCOPE_NAME + (SLOTS << 2);

// Resources and scopes that were read, as their bytes: see memo.ts.
export const MEMOS: u32 = 1 << 12;
export const MEMO_BYTES: u32 = 2 << 20;
export const MEMO_CHAINS: usize = SCOPE_VERSION + (SLOTS << 2);
export const MEMO_CHAIN_COUNT: u32 = 1 << 10;
export const MEMO_RECORDS: usize = MEMO_CHAINS + (MEMO_CHAIN_COUNT << 2);
export const MEMO_RECORD_BYTES_LOG2: u32 = 4;
export const MEMO_POOL: usize = MEMO_RECORDS + (MEMOS << MEMO_RECORD_BYTES_LOG2);

const END: usize = MEMO_POOL + MEMO_BYTES + SPARE;
const PAGE: usize = 1 << 16;

/** Takes all the memory that there will ever be, when the module is made: the host's views of it stay good. */
function takeMemory(): void {
  if (__heap_base > FIRST) unreachable();
  const pages = <i32>((END + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
}

takeMemory();
