import { allowAny } from '../drf/permissions.ts'
import type { View } from '../drf/view.ts'
import { type DoorParts, doorParts } from './door-parts.ts'
import { jwtViews } from './jwt-views.ts'
import { mailedCodeViews } from './mailed-code-views.ts'
import { ownAccountViews } from './own-account-views.ts'
import type { DjoserSettings } from './settings.ts'
import { tokenViews } from './token-views.ts'
import { userViews } from './user-views.ts'

/** Every path of 2.x but those for other providers (`o/…`) and passkeys. The first that fits a path answers it. */
export function secondGenerationViews(settings: DjoserSettings): readonly View[] {
  const parts = doorParts(settings)
  return [
    indexView(parts),
    ...mailedCodeViews(parts),
    ...ownAccountViews(parts),
    ...userViews(parts),
    ...tokenViews(parts),
    ...jwtViews(parts),
  ]
}

/** What begins here, at the site's own address. */
function indexView({ generation }: DoorParts): View {
  return {
    path: '',
    slash: 'optional',
    name: 'Api Root',
    permission: allowAny,
    actions: {
      GET: {
        permission: allowAny,
        fields: null,
        run: async ({ exchange }) => {
          const { origin } = exchange.engine.config.site
          return { status: 200, body: { users: `${origin}${exchange.mountPath}/users/` } }
        },
      },
    },
    generation,
  }
}
