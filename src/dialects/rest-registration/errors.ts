import { NON_FIELD } from '../drf/field-set.ts'
import type { DrfAnswer } from '../drf/view.ts'
import type { RestRegistrationSettings } from './settings.ts'

type Shape = Pick<RestRegistrationSettings, 'useNonFieldErrorsKeyFromDrfSettings'>

/** A refusal in the door's own words: under `detail`, or where the site wants it among the errors of no field. */
export function businessError({ useNonFieldErrorsKeyFromDrfSettings: asNonField }: Shape, message: string): DrfAnswer {
  return { status: 400, body: asNonField ? { [NON_FIELD]: [message] } : { detail: message } }
}
