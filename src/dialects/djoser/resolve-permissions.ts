import {
  allowAny,
  currentUserOrAdmin,
  currentUserOrAdminOrReadOnly,
  isAdminUser,
  isAuthenticated,
  type Permission,
} from '../drf/permissions.ts'
import type { DjoserAction, PermissionName, PermissionOption } from './options.ts'

export const NAMED_PERMISSIONS: { readonly [K in PermissionName]: Permission } = {
  allowAny,
  isAuthenticated,
  isAdminUser,
  currentUserOrAdmin,
  currentUserOrAdminOrReadOnly,
}

export const DEFAULT_PERMISSIONS: { readonly [K in DjoserAction]: PermissionName } = {
  activation: 'allowAny',
  passwordReset: 'allowAny',
  passwordResetConfirm: 'allowAny',
  setPassword: 'currentUserOrAdmin',
  usernameReset: 'allowAny',
  usernameResetConfirm: 'allowAny',
  setUsername: 'currentUserOrAdmin',
  userCreate: 'allowAny',
  userDelete: 'currentUserOrAdmin',
  user: 'currentUserOrAdmin',
  userList: 'currentUserOrAdmin',
  tokenCreate: 'allowAny',
  tokenDestroy: 'isAuthenticated',
}

/** `PERMISSIONS`: what was not given keeps its default. */
export function resolvePermissions(given: { readonly [K in DjoserAction]?: PermissionOption }): {
  readonly [K in DjoserAction]: Permission
} {
  const resolve = (action: DjoserAction): Permission => permissionFrom(given[action] ?? DEFAULT_PERMISSIONS[action])
  return {
    activation: resolve('activation'),
    passwordReset: resolve('passwordReset'),
    passwordResetConfirm: resolve('passwordResetConfirm'),
    setPassword: resolve('setPassword'),
    usernameReset: resolve('usernameReset'),
    usernameResetConfirm: resolve('usernameResetConfirm'),
    setUsername: resolve('setUsername'),
    userCreate: resolve('userCreate'),
    userDelete: resolve('userDelete'),
    user: resolve('user'),
    userList: resolve('userList'),
    tokenCreate: resolve('tokenCreate'),
    tokenDestroy: resolve('tokenDestroy'),
  }
}

function permissionFrom(option: PermissionOption): Permission {
  if (typeof option === 'string') return NAMED_PERMISSIONS[option]
  if (typeof option === 'function') return option
  const all = option.map(permissionFrom)
  return (input) => all.every((permission) => permission(input))
}
