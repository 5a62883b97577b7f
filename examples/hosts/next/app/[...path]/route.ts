// app/[...path]/route.ts
import { toNextHandlers } from 'portress/hosts/next'
import { auth } from '../../auth'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = toNextHandlers(auth.fetch)
