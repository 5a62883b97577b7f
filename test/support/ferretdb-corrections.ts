import { BSON, type Document } from 'mongodb'
import { bodyOf, withBody } from './mongo-messages.ts'

/**
 * Makes of FerretDB's answer the one that MongoDB gives. FerretDB 1 has no code for an update that a unique index refuses; and behind
 * the front, which gives it one command at a time, it is not the server any more that a store must not serve from. What it was at when
 * it was told to end, it calls a fault of its own.
 */
export function correctedReply(command: string, reply: Buffer): Buffer {
  if (reply.includes(CANCELLED)) return withBody(reply, BSON.serialize(INTERRUPTED))
  if (command !== 'buildInfo' && command !== 'update' && command !== 'findAndModify') return reply
  const answer = BSON.deserialize(bodyOf(reply))
  const corrected = command === 'buildInfo' ? withoutFerretdb(answer) : withCode(command, answer)
  return corrected === answer ? reply : withBody(reply, BSON.serialize(corrected))
}

const CANCELLED = Buffer.from('context canceled')

const INTERRUPTED = { ok: 0, code: 11600, codeName: 'InterruptedAtShutdown', errmsg: 'interrupted at shutdown' }

function withoutFerretdb(answer: Document): Document {
  const kept = Object.entries(answer).filter(([name]) => !name.startsWith('ferretdb'))
  return Object.fromEntries(kept)
}

function withCode(command: string, answer: Document): Document {
  const { errmsg } = answer
  if (typeof errmsg !== 'string' || !errmsg.includes('UNIQUE constraint failed')) return answer
  const error = { code: 11000, errmsg: 'E11000 duplicate key error' }
  if (command === 'update') return { n: 0, nModified: 0, writeErrors: [{ index: 0, ...error }], ok: 1 }
  return { ok: 0, codeName: 'DuplicateKey', ...error }
}
