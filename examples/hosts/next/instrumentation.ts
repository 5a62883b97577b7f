// instrumentation.ts
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime as well, and leaves out there what stands inside.
  if (process.env['NEXT_RUNTIME'] === 'nodejs') {
    const { rememberPeers } = await import('portress/hosts/next')
    const { auth } = await import('./auth')
    rememberPeers()
    await auth.migrate()
    auth.start()
  }
}
