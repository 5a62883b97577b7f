import type { Generation } from '../drf/view.ts'
import { secondGeneration } from './generation.ts'
import { type Inputs, inputsOf } from './inputs.ts'
import { type Refusals, refusalsOf } from './refusals.ts'
import type { DjoserSettings } from './settings.ts'
import { type UserObjects, userObjects } from './user-objects.ts'

/** What the views of 2.x are made of, made once. */
export interface DoorParts {
  readonly settings: DjoserSettings
  readonly generation: Generation
  readonly inputs: Inputs
  readonly objects: UserObjects
  readonly refusals: Refusals
}

export function doorParts(settings: DjoserSettings): DoorParts {
  return {
    settings,
    generation: secondGeneration(settings),
    inputs: inputsOf(settings),
    objects: userObjects(settings),
    refusals: refusalsOf(settings),
  }
}

/** Whether a new user, or a new address, waits for a mailed link. */
export const activationOf = ({ sendActivationEmail }: DjoserSettings): 'mailed' | 'none' =>
  sendActivationEmail ? 'mailed' : 'none'
