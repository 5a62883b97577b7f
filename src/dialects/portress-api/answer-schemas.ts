import * as z from 'zod'
import type { Engine } from '../../commands/context.ts'
import { CARRIERS } from '../../model/session.ts'
import type { AnswerParts, Answers, WireUser } from './answers.ts'
import { shownFieldShape } from './field-schemas.ts'

/** The answers with a body. */
export type AnswerName = keyof Answers

/** What answers are made of. */
export type PartName = keyof AnswerParts

export type AnswerSchemas = { readonly [K in AnswerName]: z.ZodType<Answers[K]> } & {
  readonly [K in PartName]: z.ZodType<AnswerParts[K]>
}

/** The shape of every answer and of its parts. Objects are closed: a key that is not here is not given to anybody. */
export function answerSchemas({ user: model }: Engine['config']): AnswerSchemas {
  const user = userSchema(model)
  const issued = { user, session }
  return {
    User: user,
    Identity: identity,
    Session: session,
    Attempt: attempt,
    Problem: problem,
    Fault: fault,
    Registered: z.strictObject({ user, status: z.enum(['active', 'verification_required']) }),
    UserAnswer: z.strictObject({ user }),
    LoggedIn: loggedIn(issued),
    SocialLoggedIn: loggedIn({ ...issued, isNew: z.boolean().meta({ description: 'This log-in made the user.' }) }),
    ProviderList: z.strictObject({ providers: z.array(z.strictObject({ name: z.string(), title: z.string() })) }),
    SocialBegun: z.strictObject({
      url: z.string().meta({ format: 'uri', description: 'Where the browser goes.' }),
      expiresAt: moment.meta({ description: 'Of the cookie that the callback needs.' }),
    }),
    IdentityList: z.strictObject({ identities: z.array(identity) }),
    IdentityAnswer: z.strictObject({ identity }),
    Refreshed: z.strictObject({ ...issued, ...tokenPair }),
    SessionList: z.strictObject({ sessions: z.array(session) }),
    AttemptList: z.strictObject({ attempts: z.array(attempt) }),
    UserExport: z.strictObject({
      user,
      identities: z.array(identity),
      sessions: z.array(session),
      attempts: z.array(attempt),
      groups: z.array(z.strictObject({ name: z.string(), permissions: z.array(z.string()) })),
      permissions: z.array(z.string()).meta({ description: 'Given to the user beside the groups.' }),
      exportedAt: moment,
    }),
    KeySet: z.strictObject({ keys: z.array(z.record(z.string(), z.unknown())) }).meta({ description: 'RFC 7517 §5.' }),
    OpenApiDocument: z.looseObject({ openapi: z.string() }),
  }
}

const moment = z.string().meta({ format: 'date-time' })

const tokenPair = {
  accessToken: z.string(),
  expiresAt: moment.meta({ description: 'Of the access token.' }),
  refreshToken: z.string(),
}

/** One shape for each carrier. */
function loggedIn<S extends z.ZodRawShape>(issued: S) {
  return z.union([
    z.strictObject(issued).meta({ description: 'Carrier `cookie`: the secret is in the cookie alone.' }),
    z.strictObject({ ...issued, token: z.string(), expiresAt: moment }).meta({ description: 'Carrier `token`.' }),
    z.strictObject({ ...issued, ...tokenPair }).meta({ description: 'Carrier `jwt`.' }),
  ])
}

function userSchema({ fields, profiles }: Engine['config']['user']): z.ZodType<WireUser> {
  const shownProfiles = Object.entries(profiles).map(([name, definitions]) => {
    return [name, z.strictObject(shownFieldShape(definitions)).nullable()] as const
  })
  return z.strictObject({
    id: z.union([z.number(), z.string()]),
    username: z.string().nullable(),
    email: z.string().nullable(),
    emailVerified: z.boolean(),
    firstName: z.string(),
    lastName: z.string(),
    dateJoined: moment,
    lastLoginAt: moment.nullable(),
    isStaff: z.boolean(),
    isSuperuser: z.boolean(),
    ...shownFieldShape(fields),
    ...Object.fromEntries(shownProfiles),
  })
}

const identity = z.strictObject({
  id: z.number(),
  provider: z.string(),
  subject: z.string().meta({ description: 'Who it is over there.' }),
  email: z.string().nullable().meta({ description: 'As the provider told it when the two were connected.' }),
  extraData: z.record(z.string(), z.unknown()).meta({ description: 'What the provider told of the profile.' }),
  createdAt: moment,
  lastLoginAt: moment,
})

const session = z.strictObject({
  id: z.string().meta({ description: 'Names the session, and opens nothing.' }),
  carrier: z.enum(CARRIERS).meta({ description: 'The last three begin at the doors for Django REST framework alone.' }),
  createdAt: moment,
  lastUsedAt: moment.meta({ description: 'To the minute.' }),
  expiresAt: moment.nullable().meta({ description: '`null`: it lasts until it is ended.' }),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
})

const attempt = z.strictObject({
  id: z.union([z.number(), z.string()]),
  at: moment,
  identifier: z.string().nullable().meta({ description: 'What was typed.' }),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  door: z.string(),
  action: z.string(),
  outcome: z.enum(['success', 'wrong_password', 'unknown_user', 'not_active', 'not_verified', 'locked', 'refused']),
  sessionId: z.string().nullable(),
  loggedOutAt: moment.nullable(),
})

const complaint = z.strictObject({
  code: z.string(),
  message: z.string().meta({ description: 'For the reader, in the language of `Accept-Language`.' }),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
})

const problemFacts = {
  type: z.string(),
  title: z.string(),
  status: z.number().meta({ type: 'integer' }),
  code: z.string(),
}

const problem = z
  .strictObject({
    ...problemFacts,
    detail: z.string().meta({ description: 'For the reader, in the language of `Accept-Language`.' }),
    errors: z.record(z.string(), z.array(complaint)).optional(),
  })
  .meta({ description: 'Problem details, RFC 9457. `code` never changes its meaning.' })

const fault = z
  .strictObject({ ...problemFacts, instance: z.string(), requestId: z.string() })
  .meta({ description: 'A fault of the server, logged under `requestId`.' })
