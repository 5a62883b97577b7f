import type { DrfAnswer } from '../drf/view.ts'
import type { SuccessResponse } from './options.ts'
import type { RestRegistrationSettings } from './settings.ts'

/** The envelope of everything that went well and shows no user. */
export function successAnswer(
  { successResponseBuilder }: Pick<RestRegistrationSettings, 'successResponseBuilder'>,
  success: SuccessResponse,
): DrfAnswer {
  const { status, message, extra } = success
  const body = successResponseBuilder === null ? { detail: message, ...extra } : successResponseBuilder(success)
  return { status, body }
}
