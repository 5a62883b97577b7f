// app/page.tsx
import { headers } from 'next/headers'
import { currentUser } from 'portress/hosts/next'
import { auth } from '../auth.ts'

export default async function Page() {
  const user = await currentUser(auth, await headers())
  if (user === null) return <p>Please log in.</p>
  return (
    <form action={rename}>
      <p>Hello {user.firstName || user.username}.</p>
      <input name="firstName" aria-label="First name" />
      <button type="submit">Save</button>
    </form>
  )
}

async function rename(form: FormData) {
  'use server'
  const request = { method: 'POST', headers: await headers() }
  const { id } = await auth.requireUser(request)
  await auth.updateUser({ userId: id, firstName: form.get('firstName') })
}
