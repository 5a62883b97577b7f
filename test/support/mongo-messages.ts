/** The frame of MongoDB's wire protocol: https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/ */

const HEADER = 16

/** Of OP_MSG: flags, and the kind of the first section, which is the command or the answer. */
const BODY = HEADER + 5

/** Puts the pieces of a stream together, and hands on one message after the other. */
export function messageReader(take: (message: Buffer) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0)
  return (piece) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0)
      take(rest.subarray(0, length))
      rest = rest.subarray(length)
    }
  }
}

/** The name of the first field, which says what the command is. */
export function commandName(message: Buffer): string {
  const start = BODY + 5
  return message.toString('utf8', start, message.indexOf(0, start))
}

/** What the command is for; empty where a message does not say so, as the first of a connection. */
export function databaseName(message: Buffer): string {
  const at = message.lastIndexOf(DATABASE)
  if (at < 0) return ''
  const start = at + DATABASE.length + 4
  return message.toString('utf8', start, message.indexOf(0, start))
}

/** A text of this name, in BSON. */
const DATABASE = Buffer.from('\u0002$db\0', 'latin1')

/** The document of a message that has nothing else. */
export const bodyOf = (message: Buffer): Buffer => message.subarray(BODY, BODY + message.readInt32LE(BODY))

/** The same message with another document. */
export function withBody(message: Buffer, body: Uint8Array): Buffer {
  const changed = Buffer.concat([message.subarray(0, BODY), body])
  changed.writeInt32LE(changed.length, 0)
  return changed
}
