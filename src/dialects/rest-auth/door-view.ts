import type { View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** A view as the door's generation has them: in 0.9 a path without its final slash only leads to the one with it. */
export function doorView(
  { settings, generation }: Pick<DoorParts, 'settings' | 'generation'>,
  view: Omit<View, 'slash' | 'generation'>,
): View {
  return { ...view, slash: settings.generation === '7' ? 'optional' : 'required', generation }
}
