/** The list of sessions: who is where, and a button to end each but this one. */
export const DEMO_SESSIONS_SCRIPT = `
const card = byId('card-sessions');
const moments = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });

const agentOf = ({ userAgent }) => {
  if (!userAgent) return words.unknownAgent;
  const [program] = /Firefox|Edg|OPR|Chrome|Safari/.exec(userAgent) ?? [];
  const [system] = /Windows|Android|iPhone|iPad|Mac OS X|Linux/.exec(userAgent) ?? [];
  const names = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' };
  const known = [program, system].filter(Boolean).map((name) => names[name] ?? name);
  return known.length > 0 ? known.join(', ') : userAgent.slice(0, 60);
};

const partOf = (name, className, text) => {
  const part = document.createElement(name);
  part.className = className;
  part.textContent = text;
  return part;
};

const buttonFor = (session) => {
  const button = partOf('button', 'plain', words.end);
  button.type = 'button';
  button.setAttribute('aria-label', fill(words.endNamed, agentOf(session)));
  button.addEventListener('click', () => end(client.revokeSession({ sessionId: session.id }), words.ended));
  return button;
};

const lineOf = (session) => {
  const line = document.createElement('li');
  const text = document.createElement('div');
  const facts = [session.address, fill(words.lastUsed, moments.format(new Date(session.lastUsedAt)))].filter(Boolean);
  text.append(partOf('strong', '', agentOf(session)), ' ');
  if (session.isCurrent) text.append(partOf('span', 'badge', words.thisOne));
  text.append(partOf('span', 'facts', facts.join(' · ')));
  line.append(text);
  if (!session.isCurrent) line.append(buttonFor(session));
  return line;
};

const showSessions = async () => {
  const result = await client.listSessions();
  if (!result.ok) return complainIn(result.error);
  byId('sessions').replaceChildren(...result.value.sessions.map(lineOf));
  byId('end-others').hidden = result.value.sessions.length < 2;
};

const complainIn = (error) => {
  card.querySelector('.alert').textContent = sentenceOf(error);
};

const end = async (ending, text) => {
  clear(card);
  const result = await ending;
  if (!result.ok) complainIn(result.error);
  await showSessions();
  if (!result.ok) return;
  card.querySelector('.done').textContent = text;
  // The button that was pressed is gone.
  byId('title-sessions').focus();
};

byId('end-others').addEventListener('click', () => end(client.revokeOtherSessions(), words.othersEnded));
`
