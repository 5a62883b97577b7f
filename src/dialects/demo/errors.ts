import { type ErrorPages, errorPages } from '../../http/error-pages.ts'
import { messagesFor } from '../../messages/catalogues.ts'

export const { writeError, writeFault }: ErrorPages = errorPages({ wordsFor: messagesFor, stylesheet: 'demo/demo.css' })
