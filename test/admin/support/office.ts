import type { AuthOptions } from '../../../src/create-auth.ts'
import type { FieldDefinitions } from '../../../src/model/field.ts'
import { type Member, newMember } from '../../support/members.ts'
import { type TestAuth, testAuth } from '../../support/test-auth.ts'

/** Who sits where in an office: a superuser, staff with some rights, staff with none, and people. */
export interface Office<F extends FieldDefinitions = FieldDefinitions> extends TestAuth<F> {
  readonly root: Member
  /** Staff with what `rights` names. */
  readonly clerk: Member
  /** Staff without rights. */
  readonly intern: Member
  /** A person, who is no operator. */
  readonly ann: Member
  /** Another one, to whom things are done. */
  readonly bob: Member
}

export async function newOffice<const F extends FieldDefinitions = Record<never, never>>(
  rights: readonly string[] = [],
  options: Partial<AuthOptions<F>> = {},
): Promise<Office<F>> {
  const made = testAuth<F>(options)
  const site = made as unknown as TestAuth
  const root = await newMember(site, 'root-1', { isStaff: true, isSuperuser: true })
  const clerk = await newMember(site, 'clerk', { isStaff: true })
  const intern = await newMember(site, 'intern', { isStaff: true })
  const ann = await newMember(site, 'ann')
  const bob = await newMember(site, 'bob')
  const permissions = rights.map((right) => (right.includes('.') ? right : `portress.${right}`))
  await site.auth.setUserPermissions({ userId: clerk.user.id, permissions })
  return { ...made, root, clerk, intern, ann, bob }
}

/** The refusal of a call as `code` or `code/reason`; `null` where it was not refused. */
export async function refusal(call: Promise<unknown>): Promise<string | null> {
  try {
    await call
    return null
  } catch (error) {
    const { code, details } = error as { code?: string; details?: { reason?: string } }
    if (code === undefined) throw error
    return details?.reason === undefined ? code : `${code}/${details.reason}`
  }
}
