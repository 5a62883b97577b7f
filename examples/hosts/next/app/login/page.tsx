// app/login/page.tsx
'use client'
import { createClient } from 'portress/client'
import { useState } from 'react'

const accounts = createClient({ baseUrl: '/api' })

export default function LogIn() {
  const [problem, setProblem] = useState('')

  async function logIn(form: FormData) {
    const [identifier, password] = [String(form.get('identifier')), String(form.get('password'))]
    const result = await accounts.login({ identifier, password })
    if (result.ok) location.assign('/')
    else setProblem('detail' in result.error ? result.error.detail : 'There was no answer. Please try again.')
  }

  return (
    <form action={logIn}>
      <input name="identifier" autoComplete="username" aria-label="User name or e-mail address" />
      <input name="password" type="password" autoComplete="current-password" aria-label="Password" />
      <button type="submit">Log in</button>
      <p role="alert">{problem}</p>
    </form>
  )
}
