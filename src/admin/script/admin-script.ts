/**
 * What pages do better with script, and also do without: moments in the reader's zone, boxes to choose from in place of
 * one long list, ticking a whole page, and lists that look for what is new. It makes no markup from data.
 */
export const ADMIN_SCRIPT = `'use strict';
(() => {
  const language = document.documentElement.lang;
  const formats = {
    full: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }),
    zone: new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }),
  };
  const localize = (root) => {
    for (const time of root.querySelectorAll('time[data-local]')) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.title = formats.zone.format(at);
      time.textContent = formats.full.format(at);
    }
  };

  const boxOf = (select, label, isChosen) => {
    const box = document.createElement('select');
    box.multiple = true;
    box.size = 8;
    box.setAttribute('aria-label', label);
    for (const option of select.options) if (option.selected === isChosen) box.append(new Option(option.text, option.value));
    return box;
  };
  const buttonOf = (text, act) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain';
    button.textContent = text;
    button.addEventListener('click', act);
    return button;
  };
  const chooser = (select) => {
    const words = document.body.dataset;
    const label = select.labels[0] ? select.labels[0].textContent : select.name;
    const available = boxOf(select, label + ': ' + words.available, false);
    const chosen = boxOf(select, label + ': ' + words.chosen, true);
    const write = () => {
      const values = new Set(Array.from(chosen.options, (option) => option.value));
      for (const option of select.options) option.selected = values.has(option.value);
    };
    const move = (from, to) => {
      for (const option of [...from.selectedOptions]) {
        option.selected = false;
        to.append(option);
      }
      write();
    };
    available.addEventListener('dblclick', () => move(available, chosen));
    chosen.addEventListener('dblclick', () => move(chosen, available));
    const search = document.createElement('input');
    search.type = 'search';
    search.placeholder = words.search;
    search.setAttribute('aria-label', label + ': ' + words.search);
    search.addEventListener('input', () => {
      const wanted = search.value.toLocaleLowerCase();
      for (const option of available.options) option.hidden = !option.text.toLocaleLowerCase().includes(wanted);
    });
    search.addEventListener('keydown', (event) => { if (event.key === 'Enter') event.preventDefault(); });
    const left = document.createElement('div');
    const middle = document.createElement('div');
    const right = document.createElement('div');
    left.className = right.className = 'box';
    middle.className = 'moves';
    const titleOf = (text) => {
      const title = document.createElement('span');
      title.className = 'hint';
      title.textContent = text;
      return title;
    };
    left.append(titleOf(words.available), search, available);
    middle.append(buttonOf(words.choose, () => move(available, chosen)), buttonOf(words.unchoose, () => move(chosen, available)));
    right.append(titleOf(words.chosen), chosen);
    const whole = document.createElement('div');
    whole.className = 'chooser';
    whole.append(left, middle, right);
    if (select.disabled) for (const part of [available, chosen, search, ...middle.children]) part.disabled = true;
    select.hidden = true;
    select.after(whole);
  };

  const ticks = (form) => {
    const boxes = () => [...form.querySelectorAll('input[name="_selected_action"]')];
    const all = form.querySelector('input[data-all]');
    const count = form.querySelector('[data-count]');
    const show = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      if (count) count.textContent = String(ticked);
      if (all) {
        all.checked = ticked > 0 && ticked === boxes().length;
        all.indeterminate = ticked > 0 && !all.checked;
      }
    };
    if (all) {
      all.hidden = false;
      all.addEventListener('change', () => {
        for (const box of boxes()) box.checked = all.checked;
        show();
      });
    }
    const label = form.querySelector('[data-selected]');
    if (label) label.hidden = false;
    form.addEventListener('change', show);
    show();
  };

  const live = (part) => {
    const seconds = Number(part.dataset.live);
    const refresh = async () => {
      if (document.hidden || part.contains(document.activeElement)) return;
      const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'error' });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(part.id);
      if (!fresh) return;
      localize(fresh);
      part.replaceChildren(...fresh.childNodes);
    };
    setInterval(() => refresh().catch(() => undefined), seconds * 1000);
  };

  const save = (blob, name) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  const download = (form) => {
    const progress = form.querySelector('progress');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'error' });
        // Any other answer is a page: the password is asked for, or it was refused.
        if (!(answer.headers.get('content-type') || '').startsWith('text/csv')) return form.submit();
        const expected = Number(answer.headers.get('x-expected-rows')) || 1;
        const parts = [];
        let rows = 0;
        progress.hidden = false;
        for (const reader = answer.body.getReader(); ; ) {
          const { done, value } = await reader.read();
          if (done) break;
          parts.push(value);
          for (const byte of value) if (byte === 10) rows += 1;
          progress.value = Math.min(1, rows / expected);
        }
        save(new Blob(parts, { type: 'text/csv' }), 'users.csv');
      } catch {
        form.submit();
      } finally {
        progress.hidden = true;
      }
    });
  };

  localize(document);
  for (const form of document.querySelectorAll('form[data-export]')) download(form);
  for (const select of document.querySelectorAll('select[data-chooser]')) chooser(select);
  for (const form of document.querySelectorAll('form[data-ticks]')) ticks(form);
  for (const part of document.querySelectorAll('[data-live]')) live(part);
})();
`
