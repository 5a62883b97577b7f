import { isAuthenticated } from '../drf/permissions.ts'
import type { View } from '../drf/view.ts'
import { changePasswordAction } from './change-password-action.ts'
import type { DoorParts } from './door-parts.ts'
import { doorView, whereEnabled } from './door-view.ts'
import { resetLinkAction } from './reset-link-action.ts'
import { resetPasswordAction } from './reset-password-action.ts'

/** `change-password/`, `send-reset-password-link/` and `reset-password/`. */
export function passwordViews(parts: DoorParts): readonly View[] {
  const { publicPermission: permission, resetPasswordVerificationEnabled: hasReset } = parts.settings
  return [
    doorView(parts, {
      path: '/change-password',
      name: 'Change Password',
      permission: isAuthenticated,
      actions: { POST: changePasswordAction(parts) },
    }),
    doorView(parts, {
      path: '/send-reset-password-link',
      name: 'Send Reset Password Link',
      permission,
      actions: { POST: whereEnabled(hasReset, resetLinkAction(parts)) },
    }),
    doorView(parts, {
      path: '/reset-password',
      name: 'Reset Password',
      permission,
      actions: { POST: whereEnabled(hasReset, resetPasswordAction(parts)) },
    }),
  ]
}
