/** A page of another origin that keeps its tokens itself: it begins with a challenge and exchanges the code that it gets. */
export function singlePageApp(site: string): Response {
  const page = `<!doctype html><title>App</title>
<form method="post" action="${site}/account/social/acme">
<input type="hidden" name="next"><input type="hidden" name="challenge"><button>Log in</button>
</form>
<output></output>
<script type="module">
const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
const form = document.querySelector('form')
form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)))
  sessionStorage.setItem('verifier', verifier)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))
  form.elements.challenge.value = base64url(new Uint8Array(digest))
  form.elements.next.value = location.origin + '/done'
  form.submit()
})
const code = new URLSearchParams(location.hash.slice(1)).get('code')
if (code !== null) {
  history.replaceState(null, '', location.pathname)
  const response = await fetch('${site}/api/social/exchange', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, verifier: sessionStorage.getItem('verifier') }),
  })
  const { token } = await response.json()
  const me = await fetch('${site}/api/me', { headers: { authorization: 'Bearer ' + token } })
  document.querySelector('output').textContent = (await me.json()).user.username
}
</script>`
  return new Response(page, { headers: { 'content-type': 'text/html; charset=utf-8' } })
}
