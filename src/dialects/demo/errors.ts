import { type ErrorPages, errorPages } from '../../http/error-pages.ts'
import { messagesFor } from '../../messages/catalogues.ts'

const pages = errorPages({ wordsFor: messagesFor, stylesheet: 'demo/demo.css' })

export const writeError: ErrorPages['writeError'] = pages.writeError

export const writeFault: ErrorPages['writeFault'] = pages.writeFault
