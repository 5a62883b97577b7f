import { refuse } from '../drf/drf-error.ts'
import type { Action, View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** A view as this door has them: a path without its final slash only leads to the one with it, and all requests count. */
export function doorView(
  { generation }: Pick<DoorParts, 'generation'>,
  view: Omit<View, 'slash' | 'generation' | 'isThrottled'>,
): View {
  return { ...view, slash: 'required', isThrottled: true, generation }
}

/** An action that there is only with a feature; without it nothing of the body is read. */
export function whereEnabled(isEnabled: boolean, action: Action): Action {
  if (isEnabled) return action
  return {
    ...action,
    run: ({ words }) => Promise.reject(refuse(404, words.requests.notFound)),
  }
}
