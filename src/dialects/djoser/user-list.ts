import type { CommandContext } from '../../commands/context.ts'
import { currentUser } from '../../commands/current-user.ts'
import { listUsers } from '../../commands/list-users.ts'
import type { User } from '../../model/user.ts'
import { listAnswer } from '../drf/list-answer.ts'
import { row } from '../drf/row.ts'
import type { Action } from '../drf/view.ts'
import type { DoorParts } from './door-parts.ts'

/** `GET users/`: everybody for staff, and where users are not hidden for all; else only the caller. */
export function userList({ settings, objects }: DoorParts): Action {
  const { permissions, hideUsers, pageSize } = settings
  return row({
    permission: permissions.userList,
    isHidden: hideUsers,
    command: (ctx, { seesAll }: { readonly seesAll: boolean }) => (seesAll ? everybody(ctx) : onlyMe(ctx)),
    read: (_, { actor }) => ({ seesAll: !hideUsers || actor?.user.isStaff === true }),
    write: (items, call) => listAnswer({ items, pageSize, write: objects.user }, call),
  })
}

const onlyMe = async (ctx: CommandContext): Promise<readonly User[]> => [await currentUser(ctx)]

/** Users that are read at a time. */
const BATCH = 1000

async function everybody(ctx: CommandContext): Promise<readonly User[]> {
  const users: User[] = []
  let batch: readonly User[]
  do {
    batch = await listUsers(ctx, { afterId: users.at(-1)?.id ?? null, limit: BATCH, sees: 'everybody' })
    users.push(...batch)
  } while (batch.length === BATCH)
  return users
}
