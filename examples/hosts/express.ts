// express.ts
import express from 'express'
import { requireUser, toExpressHandler } from 'portress/hosts/express'
import { auth, port } from './auth.ts'

const app = express()
const members = requireUser(auth)

app.use(express.json(), express.urlencoded({ extended: true }))
app.get('/hello', members, (request, response) => {
  response.type('text').send(`Hello ${members.userOf(request).username}.\n`)
})
app.use(toExpressHandler(auth.fetch))

const server = app.listen(port, '127.0.0.1')

process.once('SIGTERM', () => server.close(() => void auth.close()))
