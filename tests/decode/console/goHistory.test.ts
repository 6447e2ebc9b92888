import { describe, expect, test } from 'vitest';
import { goSpans } from '../../helpers/consoleText.ts';
import { decode } from '../../helpers/otlpDecode.ts';
import type { Request } from '../../helpers/otlpReference.ts';
import { sdkJson, sdkSpans } from '../../helpers/otlpSdk.ts';
import { tableContent } from '../../helpers/otlpTable.ts';

/** Of what stdouttrace prints, the fields that had other names or forms before version 1. */
interface GoSpan {
  readonly SpanContext: GoContext;
  readonly Parent: GoContext;
  readonly SpanKind: number;
  readonly Events: unknown;
  readonly Links?: readonly { readonly SpanContext: GoContext; readonly Attributes: unknown }[];
  readonly Status: { readonly Code: string; readonly Description: string };
  readonly InstrumentationScope: { readonly Name: string; readonly Version: string };
}

interface GoContext {
  readonly TraceID: string;
  readonly SpanID: string;
  readonly TraceFlags: string;
  readonly TraceState: string;
  readonly Remote: boolean;
}

const request: Request = JSON.parse(new TextDecoder().decode(sdkJson(sdkSpans())), (key, value) =>
  key === 'intValue' ? String(value) : value,
);
const SPANS: readonly GoSpan[] = JSON.parse(JSON.stringify(goSpans(request)));

/** As version 0.20 printed it: a SpanSnapshot (sdk/export/trace/trace.go). */
function snapshot({ SpanContext, Parent, Events, Links, Status, InstrumentationScope, ...rest }: GoSpan) {
  const state = (context: GoContext) => ({ ...context, TraceState: stateList(context.TraceState) });
  return {
    SpanContext: state(SpanContext),
    Parent: state(Parent),
    ...rest,
    MessageEvents: Events,
    // The context was embedded.
    Links: Links?.map((link) => ({ ...state(link.SpanContext), Attributes: link.Attributes })),
    StatusCode: Status.Code,
    StatusMessage: Status.Description,
    InstrumentationLibrary: { Name: InstrumentationScope.Name, Version: InstrumentationScope.Version },
  };
}

function stateList(state: string) {
  if (state === '') return null;
  return state.split(',').map((member) => {
    const [Key, ...value] = member.split('=');
    return { Key, Value: { Type: 'STRING', Value: value.join('=') } };
  });
}

/** As versions 0.13 to 0.19 did: without the parent's context. */
function withParentId(span: GoSpan) {
  const { Parent, SpanContext, ...rest } = snapshot(span);
  const { Remote: _, ...context } = SpanContext;
  return {
    SpanContext: { ...context, TraceFlags: Number.parseInt(SpanContext.TraceFlags, 16) },
    ParentSpanID: Parent.SpanID,
    ...rest,
    HasRemoteParent: Parent.Remote,
  };
}

async function contentOf(spans: readonly object[]) {
  const { table, issues, format } = await decode(JSON.stringify(spans, null, '\t'));
  expect([format, issues]).toEqual(['Go stdouttrace', []]);
  return tableContent(table);
}

describe('ConsoleDecoder reads what Go printed before version 1', () => {
  test.each([
    ['snapshots', snapshot],
    ['snapshots with a parent’s id alone', withParentId],
  ])('%s', async (_, form) => {
    expect(await contentOf(SPANS.map((span) => form(span)))).toEqual(await contentOf(SPANS));
  });

  test('with the trace state as a list', async () => {
    const [span] = SPANS;
    const stateful = { ...span, SpanContext: { ...span.SpanContext, TraceState: 'ot=th:8,vendor=a=b' } };
    const { traces } = await contentOf([snapshot(stateful)]);
    expect(traces[0].spans[0].traceState).toBe('ot=th:8,vendor=a=b');
  });

  test('with codes of gRPC, all of which are failures but 0', async () => {
    const statusOf = async (more: object): Promise<unknown[]> => {
      const [{ spans }] = (await contentOf([{ ...withParentId(SPANS[0]), ...more }])).traces;
      return [spans[0].status, spans[0].statusMessage];
    };
    // 0.4 to 0.12; before that under another name.
    expect(await statusOf({ StatusCode: 0, StatusMessage: '' })).toEqual([0, '']);
    expect(await statusOf({ StatusCode: 2, StatusMessage: 'interesting' })).toEqual([2, 'interesting']);
    const older = { StatusCode: undefined, StatusMessage: undefined };
    expect(await statusOf({ ...older, Status: 0 })).toEqual([0, '']);
    expect(await statusOf({ ...older, Status: 14 })).toEqual([2, '']);
  });

  test('with kinds by name', async () => {
    const names = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
    const spans = names.map((SpanKind, i) => {
      const span = withParentId(SPANS[0]);
      return { ...span, SpanKind, SpanContext: { ...span.SpanContext, SpanID: `000000000000000${i + 1}` } };
    });
    const { traces } = await contentOf(spans);
    expect(traces[0].spans.map(({ spanId, kind }) => kind - Number(spanId))).toEqual(names.map(() => -1));
  });
});
