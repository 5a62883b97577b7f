import { isAuthenticated, type Permission } from '../drf/permissions.ts'
import type { DjoserSettings } from './settings.ts'

export type FirstGenerationPermissions = DjoserSettings['permissions']

/** The site's permissions, for paths that name nobody: what they are about is always the caller. */
export function firstGenerationPermissions({ permissions }: DjoserSettings): FirstGenerationPermissions {
  const { user, setUsername, setPassword, tokenDestroy } = permissions
  return {
    ...permissions,
    user: ofCaller(user),
    setUsername: ofCaller(setUsername),
    setPassword: ofCaller(setPassword),
    tokenDestroy: ofCaller(tokenDestroy),
  }
}

/** A caller there has to be, whatever else the site asks for. */
const ofCaller =
  (permission: Permission): Permission =>
  (input) =>
    isAuthenticated(input) && permission(input) && permission({ ...input, target: input.caller })
