import { confirmEmailChange } from '../../commands/confirm-email-change.ts'
import { serializer } from '../drf/serializer.ts'
import type { View } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'
import { emailInput, verifyEmailFields } from './email-views.ts'
import type { VerificationRedirects } from './options.ts'
import { linkReaders, presentedCode } from './presented-link.ts'
import { redirectView } from './redirect-view.ts'
import { resetFields, resetInput, resetPassword } from './reset-password-action.ts'
import { verifyRegistration } from './verify-registration-view.ts'

/** `redirects/`: for sites whose mails lead here instead of to a page of a front end. */
export function redirectViews(parts: DoorParts, to: Required<VerificationRedirects>): readonly View[] {
  const { settings } = parts
  const activate = verifyRegistration(parts)
  return [
    redirectView(parts, {
      path: '/redirects/verify-registration',
      name: 'Verify Registration',
      method: 'GET',
      isEnabled: settings.registerVerificationEnabled,
      success: to.verifyRegistrationSuccessUrl,
      failure: to.verifyRegistrationFailureUrl,
      fields: serializer(linkReaders),
      press: (ctx, values) => activate(ctx, presentedCode(parts, values)),
    }),
    redirectView(parts, {
      path: '/redirects/verify-email',
      name: 'Verify Email',
      method: 'GET',
      isEnabled: settings.registerEmailVerificationEnabled,
      success: to.verifyEmailSuccessUrl,
      failure: to.verifyEmailFailureUrl,
      fields: verifyEmailFields,
      press: (ctx, values) => confirmEmailChange(ctx, emailInput(parts, values)),
    }),
    redirectView(parts, {
      path: '/redirects/reset-password',
      name: 'Reset Password',
      method: 'POST',
      isEnabled: settings.resetPasswordVerificationEnabled,
      success: to.resetPasswordSuccessUrl,
      failure: to.resetPasswordFailureUrl,
      fields: resetFields(settings),
      press: (ctx, values) => resetPassword(ctx, resetInput(parts, values)),
    }),
  ]
}
