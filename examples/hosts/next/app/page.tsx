// app/page.tsx
import { headers } from 'next/headers'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { AuthError } from 'portress'
import { currentUser } from 'portress/hosts/next'
import { auth } from '../auth'

interface PageProps {
  readonly searchParams: Promise<{ readonly refused?: string }>
}

export default async function Page({ searchParams }: PageProps) {
  const user = await currentUser(auth, await headers())
  if (user === null) return <Link href="/login">Please log in.</Link>
  const { refused } = await searchParams
  return (
    <form action={rename}>
      <p>Hello {user.firstName || user.username}.</p>
      {refused !== undefined && <p role="alert">That was refused.</p>}
      <input name="firstName" aria-label="First name" />
      <button type="submit">Save</button>
    </form>
  )
}

async function rename(form: FormData) {
  'use server'
  let next = '/'
  try {
    const { id } = await auth.requireUser({ method: 'POST', headers: await headers() })
    await auth.updateUser({ userId: id, firstName: String(form.get('firstName') ?? '') })
  } catch (error) {
    if (!(error instanceof AuthError)) throw error
    next = `/?refused=${error.code}`
  }
  redirect(next)
}
