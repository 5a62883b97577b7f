import { DEMO_SESSIONS_SCRIPT } from './demo-sessions-script.ts'

/**
 * What the page does, as a module beside `portress/client`. All words come with the page, and no markup is made from data. Each form
 * says itself what went wrong or well in it; the line above all cards tells of log-ins and their ends.
 */
export const DEMO_SCRIPT: string = `import { createClient } from './client/index.js';

const { api, outbox } = document.body.dataset;
const words = JSON.parse(document.body.dataset.words);
const byId = (id) => document.getElementById(id);
const fill = (text, value) => text.split('{}').join(value);
const client = createClient({ baseUrl: api, onSignedOut: () => showOutside(words.signedOut) });

const sentenceOf = (error) =>
  error.code === 'network' ? words.network : error.code === 'unexpected_answer' ? words.unexpected : error.detail;

const clear = (form) => {
  for (const place of form.querySelectorAll('.alert, .done, .problem')) place.textContent = '';
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
};

const complaintsOf = (error) => {
  if (error.code === 'wrong_current_password') return [['currentPassword', error.detail]];
  if (error.code !== 'validation_failed') return [['', sentenceOf(error)]];
  return Object.entries(error.fields).map(([name, list]) => [name, list.map(({ message }) => message).join(' ')]);
};

const complain = (form, error) => {
  const others = [];
  for (const [name, text] of complaintsOf(error)) {
    const input = name === '' ? null : form.elements.namedItem(name);
    if (input === null) others.push(name === '' ? text : name + ': ' + text);
    else {
      input.setAttribute('aria-invalid', 'true');
      byId(input.id + '-problem').textContent = text;
    }
  }
  form.querySelector('.alert').textContent = others.join(' ');
  form.querySelector('[aria-invalid]')?.focus();
};

const say = (form, text, leadsToOutbox) => {
  const place = form.querySelector('.done');
  place.textContent = text;
  if (!leadsToOutbox || outbox === '') return;
  const link = document.createElement('a');
  link.href = outbox;
  link.textContent = words.outbox;
  place.append(' ', link);
};

let ticking = 0;
const stopWaiting = () => {
  clearInterval(ticking);
  byId('wait').hidden = true;
};
const waitFor = (form, seconds) => {
  const end = performance.now() + seconds * 1000;
  const wait = byId('wait');
  const tick = () => {
    const left = Math.ceil((end - performance.now()) / 1000);
    if (left > 0) {
      wait.textContent = fill(words.wait, Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0'));
      return;
    }
    stopWaiting();
    clear(form);
    say(form, words.waitOver);
  };
  stopWaiting();
  tick();
  wait.hidden = false;
  ticking = setInterval(tick, 200);
};

const given = (input) => Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ''));

const forms = {
  register: {
    send: (input) => client.register(given(input)),
    done(form, { user, status }) {
      form.reset();
      const isWritten = status === 'verification_required';
      say(form, isWritten ? fill(words.registered, user.email) : words.registeredAtOnce, isWritten);
      const identifier = byId('login-identifier');
      identifier.value = user.username ?? user.email ?? '';
    },
  },
  login: {
    send(input) {
      stopWaiting();
      return client.login(input);
    },
    done: (_form, { user }) => showInside(user, fill(words.welcome, nameOf(user))),
    failed(form, { retryAfterSeconds }) {
      if (!retryAfterSeconds) return;
      // The time is told below, where it runs.
      form.querySelector('.alert').textContent = words.tooOften;
      waitFor(form, retryAfterSeconds);
    },
  },
  forgotten: {
    send: (input) => client.requestPasswordReset(input),
    done(form, _value, { email }) {
      form.reset();
      say(form, fill(words.forgotten, email), true);
    },
  },
  profile: {
    send: (input) => client.updateProfile(input),
    done(form, { user }) {
      show(user);
      say(form, words.profile);
    },
  },
  email: {
    send: (input) => client.changeEmail(input),
    done(form, _value, { newEmail }) {
      form.reset();
      say(form, fill(words.email, newEmail), true);
    },
  },
  password: {
    send: (input) => client.changePassword(input),
    done(form) {
      form.reset();
      say(form, words.password);
      return showSessions();
    },
  },
  deletion: {
    send: (input) => client.deleteAccount(input),
    done: () => showOutside(words.deleted),
  },
};

const submit = async (form) => {
  const { send, done, failed } = forms[form.dataset.form];
  const input = Object.fromEntries(new FormData(form));
  // What was said before is about something else by now.
  byId('message').textContent = '';
  for (const other of document.forms) clear(other);
  const result = await send(input);
  if (result.ok) return done(form, result.value, input);
  complain(form, result.error);
  failed?.(form, result.error);
};

for (const form of document.forms) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    // Pressed twice, it is meant once.
    if (form.getAttribute('aria-busy') === 'true') return;
    form.setAttribute('aria-busy', 'true');
    await submit(form);
    form.removeAttribute('aria-busy');
  });
}

const nameOf = (user) => user.firstName || user.username || user.email || String(user.id);

const show = (user) => {
  byId('who').firstElementChild.textContent = fill(words.who, nameOf(user));
  const text = user.emailVerified ? words.emailCurrent : words.emailUnproven;
  byId('address').textContent = user.email === null ? words.emailNone : fill(text, user.email);
};

const change = (isInside, message) => {
  stopWaiting();
  for (const form of document.forms) {
    form.reset();
    clear(form);
  }
  byId('who').hidden = byId('inside').hidden = !isInside;
  byId('outside').hidden = isInside;
  byId('message').textContent = message;
  // What was focused is hidden now.
  if (message !== '') byId('content').focus();
};

const showOutside = (message) => change(false, message);

const showInside = (user, message) => {
  change(true, message);
  show(user);
  byId('profile-firstName').value = user.firstName;
  byId('profile-lastName').value = user.lastName;
  return showSessions();
};

byId('logout').addEventListener('click', async () => {
  const result = await client.logout();
  if (result.ok) showOutside(words.loggedOut);
  else byId('message').textContent = sentenceOf(result.error);
});

// Somebody comes back from the outbox, where the new address was confirmed.
document.addEventListener('visibilitychange', async () => {
  if (document.hidden || byId('inside').hidden) return;
  const result = await client.currentUser();
  if (result.ok) show(result.value.user);
});
${DEMO_SESSIONS_SCRIPT}
const start = await client.currentUser();
if (start.ok) await showInside(start.value.user, '');
else showOutside(['not_authenticated', 'token_invalid'].includes(start.error.code) ? '' : sentenceOf(start.error));
`
