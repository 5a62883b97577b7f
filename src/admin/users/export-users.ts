import { adminExportUsers } from '../../commands/admin-export-users.ts'
import { adminHeaders } from '../shell/admin-page.ts'
import type { SubmittedForm } from '../shell/admin-row.ts'
import { writeUnfitQuery } from '../shell/unfit-query.ts'
import type { UserListParts } from './user-list-parts.ts'
import { readUserListQuery } from './user-list-query.ts'

/** The users of the present list as a file, with the columns of the list and by its rules. */
export function exportUsers(parts: UserListParts): SubmittedForm {
  return {
    path: '/users/export/',
    async submit(call) {
      const query = readUserListQuery(call, parts)
      if (query === null) return writeUnfitQuery(call, { path: '/users/', section: 'users' })
      const { cursor: _cursor, limit: _limit, ...list } = query.input
      const columns = parts.columns.map(({ name, value }) => ({
        name,
        value: (user: Parameters<typeof value>[0]) => value(user, call.words),
      }))
      const { proofSeconds } = call.setup
      const { pieces, expected } = await adminExportUsers(call.ctx, { ...list, columns, proofSeconds })
      const headers = adminHeaders(call)
      headers.set('content-type', 'text/csv; charset=utf-8; header=present')
      headers.set('content-disposition', 'attachment; filename="users.csv"')
      headers.set('x-expected-rows', String(expected.count))
      return new Response(streamOf(pieces), { headers })
    },
  }
}

/** Piece by piece, as fast as somebody takes them: a file of a million users never lies in memory. */
function streamOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next()
      if (done === true) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
