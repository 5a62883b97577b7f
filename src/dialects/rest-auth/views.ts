import { openApiView } from '../drf/open-api-view.ts'
import type { View } from '../drf/view.ts'
import { doorParts } from './door-parts.ts'
import { loginViews } from './login-views.ts'
import { passwordViews } from './password-views.ts'
import { registrationViews } from './registration-views.ts'
import type { RestAuthSettings } from './settings.ts'
import { socialAccountViews } from './social-account-views.ts'
import { socialViews } from './social-views.ts'
import { tokenViews } from './token-views.ts'
import { userView } from './user-view.ts'

/** Every path but those of second factors (`mfa/…`) and passkeys (`passkeys/…`). The first that fits a path answers it. */
export function restAuthViews(settings: RestAuthSettings): readonly View[] {
  const parts = doorParts(settings)
  const views = [
    ...loginViews(parts),
    userView(parts),
    ...passwordViews(parts),
    ...(settings.registration ? registrationViews(parts) : []),
    ...(settings.answer === 'jwt' && settings.generation === '7' ? tokenViews(parts) : []),
    ...socialViews(parts),
    ...(settings.socialAccountsPath === null ? [] : socialAccountViews(parts, settings.socialAccountsPath)),
  ]
  return [...views, openApiView(views, parts)]
}
