import { wildcard, type Pattern } from '../base/wildcard.ts';
import type { HoplineConfig, LayerRuleConfig } from './hoplineConfig.ts';
import { LAYER_RULES, type LayerCondition, type LayerRule } from './layerRules.ts';

/** The rules that hold: those of the config, then the built-in ones unless it wants them gone. */
export function layerRulesOf({ layers = [], builtInLayers = true }: HoplineConfig): readonly LayerRule[] {
  return [...layers.map(toRule), ...(builtInLayers ? LAYER_RULES : [])];
}

function toRule({ layer, why, hop, scope, resource, span, call }: LayerRuleConfig): LayerRule {
  return {
    layer,
    why: why ?? 'The config says so.',
    when: [
      ...(hop === undefined ? [] : [{ name: wildcard(hop) }]),
      ...(scope === undefined ? [] : [{ scope: wildcard(scope) }]),
      ...conditions(resource, (key, is) => ({ resource: key, ...is })),
      ...conditions(span, (key, is) => ({ span: key, ...is })),
      ...conditions(call, (key, is) => ({ call: key, ...is })),
    ],
  };
}

/** A pattern that takes anything asks only whether the attribute is there. */
function conditions(
  attributes: Readonly<Record<string, string>> | undefined,
  condition: (key: string, is: { readonly is?: Pattern }) => LayerCondition,
): LayerCondition[] {
  return Object.entries(attributes ?? {}).map(([key, pattern]) =>
    condition(key, /^\*+$/.test(pattern) ? {} : { is: wildcard(pattern) }),
  );
}
