import type { AdminMessages } from '../../messages/admin/admin-messages.ts'
import type { UserId, UserStatus } from '../../model/user.ts'
import type { UserConditions } from '../../model/user-list.ts'
import type { UserFilter, UserFilterName } from '../options.ts'
import { textIn } from '../parts/text-in.ts'
import type { AdminSetup } from '../setup.ts'

/** What a choice of a filter asks for. */
export interface Filtered {
  readonly conditions: UserConditions
  readonly isLocked?: boolean
}

/** A filter as the list offers it. */
export interface ListedFilter {
  /** The parameter in the address. */
  readonly name: string
  readonly label: (words: AdminMessages) => string
  readonly choices: (words: AdminMessages) => readonly { readonly value: string; readonly label: string }[]
  /** What the value asks for, or `null` for a value that the filter does not have. */
  readonly read: (value: string, now: Date) => Filtered | null
  /** The choices are the groups there are. */
  readonly isOfGroups?: boolean
  /** Offered to whoever has this permission. @default everybody who sees the list */
  readonly right?: string
}

const DEFAULTS: readonly UserFilterName[] = ['staff', 'superuser', 'status', 'verified', 'locked', 'group', 'joined']

/** @throws {TypeError} for a name that no filter has */
export function userFilters(
  setup: Pick<AdminSetup, 'users'>,
  readGroupId: (text: string) => UserId | null,
): readonly ListedFilter[] {
  const known = builtIn(readGroupId)
  return (setup.users.filters ?? DEFAULTS).map((filter) => {
    if (typeof filter !== 'string') return ownFilter(filter)
    const found = Object.hasOwn(known, filter) ? known[filter] : undefined
    if (found === undefined) throw new TypeError(`admin: users.filters: there is no filter "${filter}"`)
    return found
  })
}

function ownFilter({ name, label, choices }: UserFilter): ListedFilter {
  return {
    name,
    label: ({ language }) => textIn(label, language),
    choices: ({ language }) => choices.map(({ value, label: text }) => ({ value, label: textIn(text, language) })),
    read(given, now) {
      const choice = choices.find(({ value }) => value === given)
      return choice === undefined ? null : { conditions: choice.conditions(now) }
    },
  }
}

function builtIn(readGroupId: (text: string) => UserId | null): Readonly<Record<UserFilterName, ListedFilter>> {
  return {
    staff: yesOrNo('staff', (isStaff) => ({ conditions: { isStaff } })),
    superuser: yesOrNo('superuser', (isSuperuser) => ({ conditions: { isSuperuser } })),
    verified: yesOrNo('verified', (isEmailVerified) => ({ conditions: { isEmailVerified } })),
    status: {
      name: 'status',
      label: ({ users }) => users.list.filters.status,
      choices: ({ values }) => STATUSES.map((value) => ({ value, label: values.status[value] })),
      read(value) {
        const status = STATUSES.find((one) => one === value)
        return status === undefined ? null : { conditions: { status } }
      },
    },
    locked: {
      name: 'locked',
      label: ({ users }) => users.list.filters.locked,
      choices: ({ values }) => [{ value: 'yes', label: values.yes }],
      read: (value) => (value === 'yes' ? { conditions: {}, isLocked: true } : null),
      right: 'portress.view_lock',
    },
    group: {
      name: 'group',
      label: ({ users }) => users.list.filters.group,
      choices: () => [],
      read(value) {
        const groupId = readGroupId(value)
        return groupId === null ? null : { conditions: { groupId } }
      },
      isOfGroups: true,
    },
    joined: since('joined', (joinedSince) => ({ joinedSince })),
    lastLogin: withNever(since('lastLogin', (lastLoginSince) => ({ lastLoginSince }))),
  }
}

const STATUSES: readonly UserStatus[] = ['active', 'pending', 'disabled']

function yesOrNo(name: 'staff' | 'superuser' | 'verified', read: (isYes: boolean) => Filtered): ListedFilter {
  return {
    name,
    label: ({ users }) => users.list.filters[name],
    choices: ({ values }) => [
      { value: 'yes', label: values.yes },
      { value: 'no', label: values.no },
    ],
    read: (value) => (value === 'yes' || value === 'no' ? read(value === 'yes') : null),
  }
}

const DAY = 86_400_000
const PERIODS = { today: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY } as const

function since(name: 'joined' | 'lastLogin', conditions: (since: Date) => UserConditions): ListedFilter {
  const names = Object.keys(PERIODS) as (keyof typeof PERIODS)[]
  return {
    name,
    label: ({ users }) => users.list.filters[name],
    choices: ({ users }) => names.map((value) => ({ value, label: users.list.periods[value] })),
    read(value, now) {
      const period = names.find((one) => one === value)
      return period === undefined ? null : { conditions: conditions(new Date(now.getTime() - PERIODS[period])) }
    },
  }
}

function withNever(filter: ListedFilter): ListedFilter {
  return {
    ...filter,
    choices: (words) => [...filter.choices(words), { value: 'never', label: words.users.list.periods.never }],
    read: (value, now) => (value === 'never' ? { conditions: { hasLoggedIn: false } } : filter.read(value, now)),
  }
}
