/** Search, links to rows, and forms that send. It makes no markup from data. */
export const DOCS_SCRIPT = `'use strict';
(() => {
  const rows = [...document.querySelectorAll('details[data-row]')];
  const shapes = [...document.querySelectorAll('details[data-shape]')];
  const search = document.getElementById('search');
  const token = document.getElementById('token');
  const found = document.getElementById('found');
  const base = document.querySelector('[data-base]').dataset.base;
  for (const form of document.querySelectorAll('form[hidden]')) form.hidden = false;

  const filter = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let count = 0;
    for (const row of rows) {
      row.hidden = !words.every((word) => row.dataset.row.includes(word));
      if (!row.hidden) count += 1;
    }
    for (const shape of shapes) shape.hidden = !words.every((word) => shape.dataset.shape.includes(word));
    for (const group of document.querySelectorAll('[data-group]')) group.hidden = !group.querySelector('details:not([hidden])');
    found.textContent = words.length === 0 ? '' : count + ' of ' + rows.length + ' endpoints';
  };
  search.addEventListener('input', filter);
  const openFirst = () => {
    const first = rows.find((row) => !row.hidden);
    if (!first) return;
    first.open = true;
    first.querySelector('summary').focus();
  };

  const isTyped = (element) => /^(?:INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  const step = (from, by) => {
    const shown = rows.filter((row) => !row.hidden);
    const next = shown[shown.indexOf(from.closest('details')) + by];
    if (next) next.querySelector('summary').focus();
  };
  document.addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (key === '/' && !isTyped(target) && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (key === 'Enter' && target === search) {
      event.preventDefault();
      openFirst();
    } else if (key === 'Escape' && target === search) {
      search.value = '';
      filter();
    } else if (target.matches('details[data-row] > summary') && (key === 'ArrowDown' || key === 'ArrowUp')) {
      event.preventDefault();
      step(target, key === 'ArrowDown' ? 1 : -1);
    } else if (key === 'Enter' && (event.ctrlKey || event.metaKey) && target.tagName === 'TEXTAREA') {
      target.form.requestSubmit();
    }
  });

  const follow = () => {
    const place = document.getElementById(location.hash.slice(1));
    if (!place || place.tagName !== 'DETAILS') return;
    if (place.hidden) {
      search.value = '';
      filter();
    }
    place.open = true;
    place.scrollIntoView();
  };
  const line = (text, name) => {
    const part = document.createElement(name === 'status' ? 'p' : 'div');
    part.textContent = text;
    return part;
  };
  const shown = (text) => {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return text;
    }
  };
  const refuse = (place, text) => {
    const told = line(text, 'status');
    told.className = 'refused';
    place.replaceChildren(told);
  };
  /** Whoever logs in wants to go on as whom that is. */
  const takeToken = (text) => {
    try {
      const { token: opaque, accessToken } = JSON.parse(text);
      const taken = opaque || accessToken;
      if (typeof taken !== 'string') return '';
      token.value = taken;
      return 'The token is sent with what follows.';
    } catch {
      return '';
    }
  };

  const send = async (form) => {
    const place = form.querySelector('.answer');
    const { method, path } = form.dataset;
    const body = form.elements.body ? form.elements.body.value : '';
    const headers = {};
    if (token.value.trim() !== '') headers.authorization = 'Bearer ' + token.value.trim();
    if (body.trim() !== '') {
      try {
        JSON.parse(body);
      } catch (error) {
        return refuse(place, 'The body is no JSON: ' + error.message);
      }
      headers['content-type'] = 'application/json';
    }
    const filled = path.replace(/\\{(\\w+)\\}/g, (_, name) => encodeURIComponent(form.elements['path-' + name].value));
    const begun = performance.now();
    const answer = await fetch(base + filled, { method, headers, cache: 'no-store', ...(body.trim() === '' ? {} : { body }) });
    const text = await answer.text();
    const time = Math.round(performance.now() - begun);
    const status = line('HTTP ' + answer.status + ' ' + answer.statusText + ', ' + time + ' ms', 'status');
    if (!answer.ok) status.className = 'refused';
    const received = document.createElement('details');
    const title = document.createElement('summary');
    title.textContent = 'Headers';
    received.append(title, ...[...answer.headers].map(([name, value]) => line(name + ': ' + value)));
    place.replaceChildren(status, line(shown(text)), line(answer.ok ? takeToken(text) : ''), received);
  };
  for (const form of document.querySelectorAll('form.try')) {
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      send(form).catch((error) => refuse(form.querySelector('.answer'), 'Nothing came back: ' + error.message));
    });
  }

  addEventListener('hashchange', follow);
  follow();
})();
`
