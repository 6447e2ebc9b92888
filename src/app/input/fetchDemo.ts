import type { NamedText } from '../../protocol.ts';

const TRACES = 'demo.otlp.binpb.gz';
const CONFIG = 'demo.hopline.yaml';

/** The demo that lies beside the page; null where it does not. */
export async function fetchDemo(): Promise<{ readonly traces: File; readonly config: NamedText } | null> {
  try {
    const [traces, config] = await Promise.all([fetch(`./${TRACES}`), fetch(`./${CONFIG}`)]);
    if (!traces.ok || !config.ok) return null;
    return { traces: new File([await traces.blob()], TRACES), config: { name: CONFIG, text: await config.text() } };
  } catch {
    return null;
  }
}
