/** What TypeScript makes of `portress/admin`: what can be meant compiles, and what cannot does not. */
import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  type AdminOptions,
  type AdminPage,
  type AdminText,
  admin,
  type ColumnValue,
  type FieldWidget,
  html,
  type UserAction,
  type UserColumn,
  type UserColumnName,
  type UserFieldset,
  type UserFilter,
} from '../../src/admin/index.ts'
import type { Dialect } from '../../src/http/dialect.ts'
import type { Account } from '../../src/model/account.ts'
import type { FieldValue } from '../../src/model/field.ts'

describe('admin()', () => {
  it('makes a dialect, of no options or of any', () => {
    expectTypeOf(admin).parameter(0).toEqualTypeOf<AdminOptions | undefined>()
    expectTypeOf(admin).returns.toEqualTypeOf<Dialect>()
    expect(admin().name).toBe('admin')
  })

  it('tells functions of the configuration what they are given', () => {
    const options: AdminOptions = {
      users: {
        columns: [
          'email',
          'fields.phone',
          'profiles.author.penName',
          {
            name: 'domain',
            label: 'Domain',
            async value(user) {
              expectTypeOf(user).toEqualTypeOf<Account>()
              return user.email?.split('@')[1] ?? null
            },
          },
        ],
        actions: [
          {
            name: 'welcome',
            label: (language) => language,
            permission: 'portress.change_user',
            async run(input) {
              expectTypeOf(input.users).toEqualTypeOf<readonly Account[]>()
              expectTypeOf(input.actor).toEqualTypeOf<Account>()
              expectTypeOf(input.language).toBeString()
              return 'done'
            },
          },
        ],
      },
    }
    expect(() => admin(options)).not.toThrow()
  })

  it('tells the functions of filters, widgets and pages as well', () => {
    const options: AdminOptions = {
      title: (language) => `Office (${language})`,
      users: {
        filters: [
          'staff',
          {
            name: 'who',
            label: 'Who',
            choices: [
              {
                value: 'new',
                label: 'New',
                conditions(now) {
                  expectTypeOf(now).toEqualTypeOf<Date>()
                  return { joinedSince: now, status: 'active' }
                },
              },
            ],
          },
        ],
        widgets: {
          phone: {
            as: 'readonly',
            show(value, user) {
              expectTypeOf(value).toEqualTypeOf<FieldValue>()
              expectTypeOf(user).toEqualTypeOf<Account>()
              return String(value)
            },
          },
        },
        order: '-dateJoined',
      },
      pages: [
        {
          path: 'parcels',
          title: 'Parcels',
          permission: 'portress.view_user',
          content({ actor, query }) {
            expectTypeOf(actor).toEqualTypeOf<Account>()
            expectTypeOf(query).toEqualTypeOf<URLSearchParams>()
            return html`<p>${actor.username}</p>`
          },
        },
      ],
    }
    expect(() => admin(options)).not.toThrow()
  })

  it('gives no function of the configuration a hash', () => {
    type Given = Parameters<UserColumn['value']>[0] | Parameters<UserAction['run']>[0]['actor']
    expectTypeOf<Given>().not.toHaveProperty('passwordHash')
    expectTypeOf<Given>().not.toHaveProperty('sessionEpoch')
  })

  it('refuses names that there are not, and values that no cell can show', () => {
    expectTypeOf<'passwordHash'>().not.toExtend<UserColumnName>()
    expectTypeOf<'password'>().not.toExtend<NonNullable<AdminOptions['users']>['order']>()
    expectTypeOf<'fields.phone'>().toExtend<UserColumnName>()
    expectTypeOf<{ readonly html: string }>().not.toExtend<ColumnValue>()
    expectTypeOf<Date | string | null>().toExtend<ColumnValue>()
    // @ts-expect-error there is no such filter
    expect(() => admin({ users: { filters: ['password'] } })).not.toThrow()
    // @ts-expect-error an action says who may do it
    const action: UserAction = { name: 'x', label: 'X', run: async () => '' }
    expect(action.name).toBe('x')
    // @ts-expect-error a widget is one of four
    const widget: FieldWidget = { as: 'slider' }
    expect(widget.as).toBe('slider')
    // @ts-expect-error a text is no markup
    const page: AdminPage = { path: 'x', title: 'X', permission: 'portress.view_user', content: () => '<p>x</p>' }
    expect(page.path).toBe('x')
  })

  it('takes lists that cannot be written to', () => {
    expectTypeOf<readonly (UserColumnName | UserColumn)[]>().toExtend<NonNullable<AdminOptions['users']>['columns']>()
    expectTypeOf<UserFieldset['fields']>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<UserFilter['choices']>().toExtend<readonly { readonly value: string; readonly label: AdminText }[]>()
  })
})
