import { listOutbox } from '../../commands/list-outbox.ts'
import { writePageStyle } from '../../http/page-style.ts'
import { type Route, route } from '../../http/route.ts'
import { readLocalCaller } from './read.ts'
import { STYLE_PATH, writeHtmlPart, writeList, writeMail } from './write.ts'

export function routes(): readonly Route[] {
  const read = readLocalCaller
  return [
    route({ method: 'GET', path: '', command: listOutbox, read, write: writeList }),
    route({ method: 'GET', path: '/:id', command: listOutbox, read, write: writeMail }),
    route({ method: 'GET', path: '/:id/html', command: listOutbox, read, write: writeHtmlPart }),
    {
      method: 'GET',
      path: STYLE_PATH,
      guard: 'public',
      async run(exchange) {
        readLocalCaller(exchange)
        return writePageStyle(exchange)
      },
    },
  ]
}
