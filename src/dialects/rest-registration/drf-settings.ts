import { DJANGO_COOKIES } from '../drf/cookies.ts'
import type { DrfSettings } from '../drf/view.ts'
import type { DoorSettings } from './settings.ts'

/** What the machinery of all such doors is told about this one. */
export function drfSettings(door: DoorSettings): DrfSettings {
  const { authentication, isTranslated, throttleRate, tokenCarrier } = door
  return {
    schemes: authentication,
    jwtTypes: ['Bearer'],
    cookies: DJANGO_COOKIES,
    isTranslated,
    throttleRate,
    tokenCarrier: tokenCarrier === 'simple-jwt' ? 'user-token' : tokenCarrier,
  }
}
