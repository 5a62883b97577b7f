import type { Engine } from '../../commands/context.ts'
import type { Action, View } from '../drf/view.ts'
import { firstGenerationAccount } from './first-generation-account.ts'
import { firstGenerationFields } from './first-generation-fields.ts'
import { firstGenerationMailStyleName } from './first-generation-mail-style.ts'
import { firstGenerationPermissions } from './first-generation-permissions.ts'
import { firstGenerationSecrets } from './first-generation-secrets.ts'
import { firstGenerationWords } from './first-generation-words.ts'
import { refusalsOf } from './refusals.ts'
import type { DjoserSettings } from './settings.ts'

/**
 * The paths of 0.x, as its release 0.1 has them: none ends with a slash, so they share a mount with those of 2.x.
 *
 * Who may do what could not be set then. It can be here, so that what is closed to clients of 2.x is closed to all.
 */
export function firstGenerationViews(settings: DjoserSettings, config: Engine['config']): readonly View[] {
  const { drf, djoser: words } = firstGenerationWords(settings)
  const may = firstGenerationPermissions(settings)
  const refusals = refusalsOf(settings)
  const door = { settings, config, words, refusals, may, fields: firstGenerationFields(settings) }
  const { register, login, logout, me } = firstGenerationAccount(door)
  const { activate, setUsername, setPassword, resetPassword, confirmReset } = firstGenerationSecrets(door)
  const mailStyle = firstGenerationMailStyleName(settings)
  const shared = { slash: 'none', generation: { words: () => drf, json: 'spaced', mailStyle } } as const
  const posting = (path: string, name: string, action: Action): View => {
    return { ...shared, path, name, permission: action.permission, actions: { POST: action } }
  }
  return [
    posting('/register', 'Registration', register),
    posting('/login', 'Login', login),
    posting('/logout', 'Logout', logout),
    { ...shared, path: '/me', name: 'User', permission: may.user, actions: me },
    posting('/activate', 'Activation', activate),
    posting(`/${settings.model.usernameField}`, 'Set Username', setUsername),
    posting('/password', 'Set Password', setPassword),
    posting('/password/reset', 'Password Reset', resetPassword),
    posting('/password/reset/confirm', 'Password Reset Confirm', confirmReset),
  ]
}
