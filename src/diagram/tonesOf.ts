import type { Tone } from '../config/theme.ts';
import type { Scene } from '../layout/scene.ts';

/** The tones that a scene uses, so that a picture carries no rule for nothing. */
export function tonesOf(scene: Scene): Tone[] {
  const tones = new Set<Tone>(['background']);
  for (const { marks } of scene.groups) {
    for (const mark of marks) {
      tones.add(mark.tone);
      if (mark.type === 'rect' && mark.stroke) tones.add(mark.stroke);
      if (mark.type === 'text') for (const run of mark.runs) if (run.tone) tones.add(run.tone);
    }
  }
  return [...tones].toSorted();
}
