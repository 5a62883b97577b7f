import type { View } from '../drf/view.ts'
import { doorParts } from './door-parts.ts'
import { emailViews } from './email-views.ts'
import { loginViews } from './login-views.ts'
import { passwordViews } from './password-views.ts'
import { profileView } from './profile-view.ts'
import { redirectViews } from './redirect-views.ts'
import { registerView } from './register-view.ts'
import type { RestRegistrationSettings } from './settings.ts'
import { verifyRegistrationView } from './verify-registration-view.ts'

/** Every path of the door. A feature that is turned off keeps its path, where there is nothing then. */
export function restRegistrationViews(settings: RestRegistrationSettings): readonly View[] {
  const parts = doorParts(settings)
  return [
    registerView(parts),
    verifyRegistrationView(parts),
    ...loginViews(parts),
    profileView(parts),
    ...passwordViews(parts),
    ...emailViews(parts),
    ...(settings.redirects === null ? [] : redirectViews(parts, settings.redirects)),
  ]
}
