// instrumentation.ts
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { rememberPeers } = await import('portress/hosts/next')
  const { auth } = await import('./auth.ts')
  rememberPeers()
  await auth.migrate()
  auth.start()
}
