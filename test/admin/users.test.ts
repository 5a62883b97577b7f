/** What operators do to users, and what is written down of it. */
import { describe, expect, it } from 'vitest'
import { field } from '../../src/model/declare-field.ts'
import { GOOD_PASSWORD } from '../support/accounts.ts'
import { HOSTILE_VALUES } from '../support/members.ts'
import { newOffice, refusal } from './support/office.ts'

const USER_FIELDS = { bio: field.text({}), plan: field.enum({ choices: ['free', 'gold'], writable: false }) }

describe('changing a user', () => {
  it('changes whatever was named and writes down what, masked', async () => {
    const profiles = { author: { penName: field.text({}) } }
    const { auth, root, bob } = await newOffice([], { user: { fields: USER_FIELDS, profiles } })
    const userId = bob.user.id
    const changed = await auth.adminUpdateUser(
      {
        userId,
        username: 'robert',
        email: 'robert@example.org',
        firstName: 'Robert',
        fields: { bio: 'Lives at 12 Elm Street', plan: 'gold' },
        profiles: { author: { penName: 'Currer Bell' } },
        isStaff: true,
      },
      root.caller,
    )
    expect(changed).toMatchObject({
      username: 'robert',
      email: 'robert@example.org',
      emailVerifiedAt: null,
      isStaff: true,
    })
    expect(changed).not.toHaveProperty('passwordHash')
    const [entry] = await auth.adminListAudit({ filter: { object: { kind: 'user', id: `${userId}` } } }, root.caller)
    expect(entry).toMatchObject({
      action: 'user.updated',
      actorId: `${root.user.id}`,
      actorName: 'root-1',
      door: 'library',
    })
    const written = Object.fromEntries(entry?.changes.map(({ field: name, from, to }) => [name, [from, to]]) ?? [])
    expect(written).toMatchObject({
      username: ['bob', 'robert'],
      email: ['b***@example.org', 'r***@example.org'],
      firstName: ['', 'R***'],
      isStaff: [false, true],
      plan: [null, 'gold'],
      bio: [null, 'L***'],
      'author.penName': [null, 'C***'],
    })
    expect(JSON.stringify(entry)).not.toMatch(/Elm|Currer|robert@/)
  })

  it('tells the owner of another name and of another address, at the old one', async () => {
    const { auth, root, bob, mailer } = await newOffice()
    const wanted = { userId: bob.user.id, username: 'robert', email: 'robert@example.org' }
    await auth.adminUpdateUser(wanted, root.caller)
    await auth.flush()
    expect(mailer.sent.map(({ to }) => to).toSorted()).toEqual(['bob@example.org', 'robert@example.org'])
  })

  it('counts another address as proven only where the operator says so', async () => {
    const { auth, root, bob } = await newOffice()
    const userId = bob.user.id
    const proven = await auth.adminUpdateUser({ userId, email: 'b2@example.org', isEmailVerified: true }, root.caller)
    expect(proven.emailVerifiedAt).not.toBeNull()
    expect((await auth.adminUpdateUser({ userId, isEmailVerified: false }, root.caller)).emailVerifiedAt).toBeNull()
  })

  it('ends every session of a user who is disabled', async () => {
    const { auth, root, bob } = await newOffice()
    await auth.adminUpdateUser({ userId: bob.user.id, status: 'disabled' }, root.caller)
    expect(await refusal(auth.listSessions(bob.caller))).toBe('token_invalid')
  })

  it('refuses what is taken, unknown or no value, all of it at once, and changes nothing', async () => {
    const { auth, root, bob } = await newOffice([], { user: { fields: USER_FIELDS } })
    const wrong = {
      userId: bob.user.id,
      username: 'ANN',
      email: 'no address',
      firstName: 'x'.repeat(4000),
      fields: { plan: 'silver', passwordHash: 'x', bio: 7 },
    }
    await expect(auth.adminUpdateUser(wrong, root.caller)).rejects.toMatchObject({
      code: 'validation_failed',
      details: { fields: expect.objectContaining({ username: [{ code: 'taken' }], plan: [{ code: 'not_a_choice' }] }) },
    })
    const taken = { userId: bob.user.id, email: 'ann@example.org' }
    expect(await refusal(auth.adminUpdateUser(taken, root.caller))).toBe('validation_failed')
    expect((await auth.adminReadUser({ userId: bob.user.id }, root.caller)).user).toMatchObject({ username: 'bob' })
  })

  it('takes hostile values for what they are, everywhere', async () => {
    const { auth, root, bob } = await newOffice([], { user: { fields: USER_FIELDS } })
    const names = [
      'username',
      'email',
      'isEmailVerified',
      'firstName',
      'lastName',
      'status',
      'isStaff',
      'groupIds',
      'permissions',
    ]
    for (const value of HOSTILE_VALUES) {
      for (const name of names) {
        const input = { userId: bob.user.id, [name]: value }
        const label = `${name}: ${String(JSON.stringify(value)).slice(0, 40)}`
        expect([null, 'validation_failed'], label).toContain(await refusal(auth.adminUpdateUser(input, root.caller)))
      }
      const odd = value as never
      const allowed = [null, 'validation_failed', 'not_found']
      expect(allowed).toContain(await refusal(auth.adminReadUser({ userId: odd }, root.caller)))
      expect(allowed).toContain(await refusal(auth.adminActOnUsers({ action: odd, userIds: odd }, root.caller)))
      expect(allowed).toContain(await refusal(auth.adminActOnUsers({ action: 'unlock', userIds: [odd] }, root.caller)))
      expect(allowed).toContain(
        await refusal(auth.adminEndSession({ userId: bob.user.id, sessionId: odd }, root.caller)),
      )
      expect(allowed).toContain(await refusal(auth.adminEndLock({ lockId: odd }, root.caller)))
      expect(allowed).toContain(await refusal(auth.adminRetryMail({ mailId: odd }, root.caller)))
      expect(allowed).toContain(
        await refusal(auth.adminSetAddressRule({ range: odd, effect: odd, note: odd }, root.caller)),
      )
      expect(allowed).toContain(await refusal(auth.adminDeleteAddressRule({ ruleId: odd }, root.caller)))
      expect(allowed).toContain(
        await refusal(auth.adminCountAttempts({ hours: odd }, root.caller)).then((code) => code),
      )
      expect(allowed).toContain(await refusal(auth.adminSetPassword({ userId: odd, newPassword: odd }, root.caller)))
    }
  })
})

describe('adding a user', () => {
  it('adds one with a password, by the policy that holds everywhere', async () => {
    const { auth, root } = await newOffice()
    const account = { username: 'new', email: 'New@Example.org' }
    for (const password of ['short', '12345678901', 'password', undefined, 7]) {
      expect(await refusal(auth.adminCreateUser({ ...account, password }, root.caller)), `${password}`).toBe(
        'validation_failed',
      )
    }
    const differs = { ...account, password: GOOD_PASSWORD, passwordAgain: 'other' }
    await expect(auth.adminCreateUser(differs, root.caller)).rejects.toMatchObject({
      details: { fields: { passwordAgain: [{ code: 'differs' }] } },
    })
    const made = await auth.adminCreateUser({ ...differs, passwordAgain: GOOD_PASSWORD }, root.caller)
    expect(made).toMatchObject({ username: 'new', email: 'New@example.org', status: 'active' })
    await auth.login({ identifier: 'new', password: GOOD_PASSWORD })
    const [entry] = await auth.adminListAudit({ filter: { action: 'user.created' } }, root.caller)
    expect(entry?.object).toEqual({ kind: 'user', id: `${made.id}`, name: 'new' })
    expect(entry?.changes).toContainEqual({ field: 'passwordHash', from: null, to: '***' })
  })

  it('mails an invitation: who follows it chooses the first password', async () => {
    const { auth, root, mailer, clock } = await newOffice()
    const made = await auth.adminCreateUser({ username: 'new', email: 'new@example.org', invite: true }, root.caller)
    expect((await auth.adminReadUser({ userId: made.id }, root.caller)).password).toBeNull()
    await auth.flush()
    const [mail] = mailer.sent
    expect(mail?.to).toBe('new@example.org')
    expect(mail?.subject).toBe('Your account at Acme')
    expect(mail?.text).toContain('An account at Acme has been made for you')
    const code = /[?&#/]code=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
    // Longer than the link of a forgotten password.
    clock.advance({ days: 2, hours: 23 })
    await auth.confirmPasswordReset({ code, newPassword: GOOD_PASSWORD })
    await auth.login({ identifier: 'new', password: GOOD_PASSWORD })
    const nobody = { username: 'no-mail', invite: true }
    expect(await refusal(auth.adminCreateUser(nobody, root.caller))).toBe('validation_failed')
  })

  it('lets whoever came too late for the link of an invitation ask for another', async () => {
    const { auth, root, mailer, clock } = await newOffice()
    await auth.adminCreateUser({ username: 'new', email: 'new@example.org', invite: true }, root.caller)
    await auth.flush()
    const codeIn = (text = '') => /[?&#/]code=([\w-]+)/.exec(text)?.[1] ?? ''
    clock.advance({ hours: 73 })
    const late = { code: codeIn(mailer.sent[0]?.text), newPassword: GOOD_PASSWORD }
    expect(await refusal(auth.confirmPasswordReset(late))).toBe('code_invalid/expired')
    await auth.requestPasswordReset({ email: 'new@example.org' })
    await auth.flush()
    await auth.confirmPasswordReset({ ...late, code: codeIn(mailer.sent[1]?.text) })
    await expect(auth.login({ identifier: 'new', password: GOOD_PASSWORD })).resolves.toBeDefined()
  })
})

describe('setting a password', () => {
  it('ends sessions and locks, tells the owner, and writes nothing of it down', async () => {
    const { auth, root, bob, mailer } = await newOffice()
    const userId = bob.user.id
    expect(await refusal(auth.adminSetPassword({ userId, newPassword: '12345' }, root.caller))).toBe(
      'validation_failed',
    )
    await auth.adminSetPassword({ userId, newPassword: 'a quiet otter by the weir' }, root.caller)
    expect(await refusal(auth.listSessions(bob.caller))).toBe('token_invalid')
    await auth.flush()
    expect(mailer.sent).toHaveLength(1)
    await auth.login({ identifier: 'bob', password: 'a quiet otter by the weir' })
    const [entry] = await auth.adminListAudit({}, root.caller)
    expect(entry).toMatchObject({
      action: 'user.password-set',
      changes: [{ field: 'passwordHash', from: '***', to: '***' }],
    })
    await auth.adminSetPassword({ userId, newPassword: null }, root.caller)
    expect((await auth.adminReadUser({ userId }, root.caller)).password).toBeNull()
  })

  it('tells no more of a password than how it is hashed', async () => {
    const { auth, root, bob } = await newOffice()
    const seen = await auth.adminReadUser({ userId: bob.user.id }, root.caller)
    expect(seen.password?.algorithm).toMatch(/^[\w-]+$/)
    expect(JSON.stringify(seen)).not.toContain('$')
  })
})

describe('doing one thing to several users', () => {
  it('says of each what became of it, and writes down what was done', async () => {
    const { auth, root, ann, bob } = await newOffice()
    const userIds = [ann.user.id, bob.user.id, root.user.id, 4711, ann.user.id]
    const results = await auth.adminActOnUsers({ action: 'deactivate', userIds }, root.caller)
    expect(results).toEqual([
      { userId: ann.user.id, name: 'ann', outcome: 'done' },
      { userId: bob.user.id, name: 'bob', outcome: 'done' },
      { userId: root.user.id, name: 'root-1', outcome: 'refused', code: 'forbidden', reason: 'own_account' },
      { userId: 4711, name: null, outcome: 'refused', code: 'not_found', reason: null },
    ])
    const again = await auth.adminActOnUsers({ action: 'deactivate', userIds: [ann.user.id] }, root.caller)
    expect(again).toMatchObject([{ outcome: 'unchanged' }])
    const written = await auth.adminListAudit({ filter: { action: 'user.deactivated' } }, root.caller)
    expect(written.map(({ object }) => object.name)).toEqual(['bob', 'ann'])
    expect(await refusal(auth.listSessions(ann.caller))).toBe('token_invalid')
    const back = await auth.adminActOnUsers({ action: 'activate', userIds: [ann.user.id] }, root.caller)
    expect(back).toMatchObject([{ outcome: 'done' }])
  })

  it('proves addresses by hand, ends sessions, and mails links', async () => {
    const { auth, root, bob, mailer } = await newOffice()
    const userIds = [bob.user.id]
    await auth.adminUpdateUser({ userId: bob.user.id, isEmailVerified: false }, root.caller)
    expect(await auth.adminActOnUsers({ action: 'verify-email', userIds }, root.caller)).toMatchObject([
      { outcome: 'done' },
    ])
    expect((await auth.findUserById(bob.user.id))?.emailVerifiedAt).not.toBeNull()
    expect(await auth.adminActOnUsers({ action: 'end-sessions', userIds }, root.caller)).toMatchObject([
      { outcome: 'done' },
    ])
    expect(await auth.adminListSessions({ userId: bob.user.id }, root.caller)).toEqual([])
    await auth.adminActOnUsers({ action: 'send-reset', userIds }, root.caller)
    await auth.flush()
    expect(mailer.sent.map(({ to }) => to)).toEqual(['bob@example.org'])
  })

  it('deletes with all that belongs to a user, after saying what that is', async () => {
    const refused: string[] = []
    const hooks = {
      beforeDelete: ({ username }: { username: string | null }) => (username === 'ann' ? { refuse: 'no' } : undefined),
    }
    const { auth, root, ann, bob } = await newOffice([], { hooks })
    const [preview] = await auth.adminPreviewDeletion({ userIds: [bob.user.id, 4711] }, root.caller)
    expect(preview).toMatchObject({
      user: { username: 'bob' },
      mayDelete: true,
      belongings: { sessions: 1, attempts: 1 },
    })
    const results = await auth.adminActOnUsers({ action: 'delete', userIds: [ann.user.id, bob.user.id] }, root.caller)
    expect(results.map((one) => ('code' in one ? one.code : one.outcome))).toEqual(['refused_by_hook', 'done'])
    expect(await auth.findUserById(bob.user.id)).toBeNull()
    expect(refused).toEqual([])
    const [entry] = await auth.adminListAudit({ filter: { action: 'user.deleted' } }, root.caller)
    expect(entry?.object).toEqual({ kind: 'user', id: `${bob.user.id}`, name: 'bob' })
  })

  it('takes no more than 200 at once, and none that is no id', async () => {
    const { auth, root } = await newOffice()
    const userIds = Array.from({ length: 201 }, (_, index) => index + 1)
    expect(await refusal(auth.adminActOnUsers({ action: 'unlock', userIds }, root.caller))).toBe('validation_failed')
    expect(await refusal(auth.adminActOnUsers({ action: 'unlock', userIds: [] }, root.caller))).toBe(
      'validation_failed',
    )
  })
})
