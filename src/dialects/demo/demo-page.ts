import { html } from 'hono/html'
import type { Engine } from '../../commands/context.ts'
import type { Html } from '../../http/html-page.ts'
import { labelIn } from '../../http/page-link.ts'
import type { DemoField, DemoMessages } from '../../messages/demo/demo-messages.ts'
import { demoForm } from './demo-form.ts'
import type { DemoOptions } from './options.ts'

export interface DemoPageInput {
  readonly words: DemoMessages
  readonly options: DemoOptions
  readonly siteName: string
  readonly user: Engine['config']['user']
}

/** The body: one half for whoever is logged in and one for everybody else. The script shows the one that fits. */
export function demoPage({ words, options, siteName, user }: DemoPageInput): Html {
  const { frame } = words
  const { api = '/api', outbox = null, links = [] } = options
  const places = links.map((link) => html`<li><a href="${link.href}">${labelIn(link, words.language)}</a></li>\n`)
  return html`<body data-api="${api}" data-outbox="${outbox ?? ''}" data-words="${JSON.stringify(scriptWords(words))}">
<a class="skip" href="#content">${frame.skip}</a>
<header>
<span class="site">${siteName}</span>
<div id="who" hidden><span></span> <button type="button" class="plain" id="logout">${frame.logOut}</button></div>
</header>
<main id="content" tabindex="-1">
<h1>${frame.title(siteName)}</h1>
<p class="lead">${frame.explanation}</p>
<noscript><p class="alert">${frame.needsScript}</p></noscript>
<p id="message" class="done" role="status"></p>
<div id="outside" class="cards" hidden>
${outsideCards(words, { keepsMails: outbox !== null, user })}</div>
<div id="inside" class="cards" hidden>
${insideCards(words)}</div>
</main>
${places.length === 0 ? '' : html`<nav aria-labelledby="places"><h2 id="places">${frame.places}</h2>\n<ul>\n${places}</ul></nav>`}
</body>`
}

interface SiteFacts {
  readonly keepsMails: boolean
  readonly user: DemoPageInput['user']
}

function outsideCards(words: DemoMessages, { keepsMails, user }: SiteFacts): Html {
  const { register, login, forgotten } = words
  const names: readonly DemoField[] = user.username === 'none' ? ['email'] : ['username', 'email']
  const optional: readonly DemoField[] = user.email === 'optional' ? ['email'] : []
  return html`${card('register', register.title, [
    keepsMails ? html`<p class="hint">${register.explanation}</p>\n` : '',
    demoForm({
      name: 'register',
      words,
      step: register,
      fields: [...names, 'password'],
      optional,
      autocomplete: { password: 'new-password' },
    }),
  ])}${card('login', login.title, [
    html`<p class="hint">${login.lockHint}</p>\n`,
    demoForm({ name: 'login', words, step: login, fields: ['identifier', 'password'] }),
    html`<p id="wait" class="wait" role="timer" hidden></p>
<details><summary>${forgotten.title}</summary>\n`,
    demoForm({ name: 'forgotten', words, step: forgotten, fields: ['email'] }),
    html`</details>`,
  ])}`
}

function insideCards(words: DemoMessages): Html {
  const { profile, password, email, sessions, deletion } = words
  return html`${card('profile', profile.title, [
    demoForm({ name: 'profile', words, step: profile, fields: ['firstName', 'lastName'] }),
  ])}${card('email', email.title, [
    html`<p class="hint" id="address"></p>\n`,
    demoForm({ name: 'email', words, step: email, fields: ['newEmail', 'currentPassword'] }),
  ])}${card('password', password.title, [
    html`<p class="hint">${password.explanation}</p>\n`,
    demoForm({ name: 'password', words, step: password, fields: ['currentPassword', 'newPassword'] }),
  ])}${card('sessions', sessions.title, [
    html`<p class="hint">${sessions.explanation}</p>
<ul id="sessions" class="sessions"></ul>
<p class="alert" role="alert"></p>
<p class="done" role="status"></p>
<button type="button" class="plain" id="end-others">${sessions.endOthers}</button>`,
  ])}${card('deletion', deletion.title, [
    html`<p class="hint">${deletion.explanation}</p>\n`,
    demoForm({ name: 'deletion', words, step: deletion, fields: ['currentPassword'], tone: 'danger' }),
  ])}`
}

function card(name: string, title: string, parts: readonly (Html | '')[]): Html {
  return html`<section id="card-${name}" aria-labelledby="title-${name}">
<h2 id="title-${name}" tabindex="-1">${title}</h2>
${parts}
</section>
`
}

/** What the script says itself. It fills `{}` in: a sentence of a language may have it anywhere. */
function scriptWords({ frame, register, login, forgotten, account, ...words }: DemoMessages): object {
  const { profile, password, email, sessions, deletion, problems } = words
  const { lastUsed, endNamed, thisOne, unknownAgent, end, ended, othersEnded } = sessions
  return {
    outbox: frame.openOutbox,
    who: frame.loggedInAs('{}'),
    registered: register.done('{}'),
    registeredAtOnce: register.doneWithoutMail,
    tooOften: login.tooOften,
    wait: login.wait('{}'),
    waitOver: login.waitOver,
    welcome: login.done('{}'),
    forgotten: forgotten.done('{}'),
    signedOut: account.signedOut,
    loggedOut: account.loggedOut,
    profile: profile.done,
    password: password.done,
    emailCurrent: email.current('{}'),
    emailUnproven: email.unproven('{}'),
    emailNone: email.none,
    email: email.done('{}'),
    lastUsed: lastUsed('{}'),
    endNamed: endNamed('{}'),
    thisOne,
    unknownAgent,
    end,
    ended,
    othersEnded,
    deleted: deletion.done,
    network: problems.network,
    unexpected: problems.unexpected,
  }
}
