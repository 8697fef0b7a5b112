// The stage in the browser: shows `frame` with `changes`, tells Python what was turned, pressed and chosen in it, speaks `text`, shows `error`.
// It computes nothing, and knows nothing of what a picture means.
const LATE = 'Python has not answered yet. It may be busy; if the kernel was restarted, run the notebook from its top.';
const QUIET_MS = 400, LATE_MS = 1500, PIXELS_A_STEP = 2;
const BREATH_MS = 40, CALM_MS = 1000; // between two frames of a picture that moves by itself; for those who want less motion
const STEP = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
const FONT = 'Backprop Lab Math';
const CHECKED = new Set(['checkbox', 'radio']);
const TAG = /^([^\s>]+)((?:\s[^\s=>]+="[^">]*")*)>/, ATTRIBUTE = /\s([^\s=]+)="([^"]*)"/g; // as Python writes them
const KIND = /^(role|type|.*:.*)$/, DRESSED = /^data-(said|select|turn|press)$/; // when these change, come or go, more follows
let speaker = null; // of several stages, and several views of one, only the one last used speaks

const isElement = node => node.nodeType === Node.ELEMENT_NODE;
const keyOf = node => isElement(node) ? node.getAttribute('data-select') || node.getAttribute('data-key') : null;
const learners = (node, name) => name === 'open' && node.nodeName === 'DETAILS'; // what the learner opened stays open
const put = (node, name, value) => { if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value); };

// Makes the children of `old` those of `wanted`. Nodes that are still wanted stay, and with them focus and held handles.
function patch(old, wanted) {
  let at = old.firstChild, next = wanted.firstChild;
  while (at && next && at.nodeName === next.nodeName && keyOf(at) === keyOf(next)) { // most often that is all
    patchNode(at, next);
    [at, next] = [at.nextSibling, next.nextSibling];
  }
  const rest = [], have = new Map(), stay = new Set();
  for (; next; next = next.nextSibling) { rest.push(next); if (keyOf(next)) stay.add(keyOf(next)); }
  for (let child = at; child; child = child.nextSibling) if (keyOf(child)) have.set(keyOf(child), child);
  const drop = () => { const after = at.nextSibling; at.remove(); at = after; };
  for (const node of rest) {
    const key = keyOf(node), kept = key && have.get(key);
    if (kept) while (at && at !== kept && !stay.has(keyOf(at))) drop();
    const match = key ? kept : at && !keyOf(at) ? at : null;
    if (!match || match.nodeName !== node.nodeName) { old.insertBefore(node, at); continue; }
    have.delete(key);
    if (match === at) at = at.nextSibling;
    else (old.moveBefore || old.insertBefore).call(old, match, at); // moveBefore keeps the focus
    patchNode(match, node);
  }
  while (at) drop();
}

// What stands as it is wanted is left alone: all but a few numbers.
function patchNode(old, wanted) {
  if (old.isEqualNode(wanted)) return;
  if (!isElement(old)) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return;
  }
  for (const {name} of [...old.attributes]) if (!wanted.hasAttribute(name) && !learners(old, name)) old.removeAttribute(name);
  for (const {name, value, namespaceURI} of wanted.attributes)
    if (old.getAttribute(name) !== value && !learners(old, name)) old.setAttributeNS(namespaceURI, name, value);
  patch(old, wanted);
}

function written(frame, changes) { // in pieces: each ends where the next tag begins
  const pieces = frame.split('<');
  for (const [at, piece] of changes) pieces[at] = piece;
  return pieces;
}

// The element that each piece opens or closes; null when the browser has read the tags as others.
function ownersOf(pieces, root) {
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT), open = [], owners = [null];
  for (const piece of pieces.slice(1)) {
    const closes = piece.startsWith('/'), name = /[^/][^\s/>]*/.exec(piece)[0];
    let element = closes ? open.pop() : walk.nextNode();
    if (element?.localName === 'tbody' && name === 'tr') element = walk.nextNode(); // it is not written, and there
    if (element?.localName !== name) return null;
    owners.push(element);
    if (!closes && !/^[^>]*\/>/.test(piece)) open.push(element);
  }
  return open.length || walk.nextNode() ? null : owners;
}

const textarea = document.createElement('textarea');
const decoded = text => text.includes('&') ? (textarea.innerHTML = text, textarea.value) : text;
const attributesOf = head => new Map([...head.matchAll(ATTRIBUTE)].map(([, name, value]) => [name, decoded(value)]));

// A slider changes words and attributes where they stand, and nothing needs to be read or looked for. False, and nothing is
// done, when it is more than that.
function retouch(before, after, owners) {
  const edits = [];
  for (let at = 0; at < after.length; at++) {
    if (before[at] === after[at]) continue;
    const element = owners[at], old = TAG.exec(before[at]), now = TAG.exec(after[at]);
    if (!old || now?.[1] !== old[1]) return false;
    const [was, words] = [old, now].map(({input, 0: tag}) => decoded(input.slice(tag.length)));
    if (was !== words) {
      const node = old[1].startsWith('/') ? element.nextSibling : element.firstChild;
      if (!words || node?.nodeValue !== was) return false;
      edits.push(() => { node.nodeValue = words; });
    }
    if (old[2] === now[2]) continue;
    const had = attributesOf(old[2]), has = attributesOf(now[2]);
    for (const name of new Set([...had.keys(), ...has.keys()])) {
      if (had.get(name) === has.get(name) || learners(element, name)) continue;
      if (KIND.test(name) || (DRESSED.test(name) && had.has(name) !== has.has(name))) return false;
      edits.push(() => has.has(name) ? element.setAttribute(name, has.get(name)) : element.removeAttribute(name));
    }
  }
  for (const edit of edits) edit();
  return true;
}

// A control shows what Python says, unless a hand is ahead of it; what is being typed stays until Python has another value.
function settle(control, said) {
  const wanted = control.nodeName === 'SELECT' ? ([...control.options].find(each => each.defaultSelected) || control.options[0])?.value
    : control.defaultValue;
  if (CHECKED.has(control.type)) control.checked = control.defaultChecked;
  else if (control.value !== wanted && !(control.type === 'text' && said.get(control) === wanted)) control.value = wanted;
  said.set(control, wanted);
}

async function drawAgain(font) { // a sign that no font had stays an empty box in Chromium until its text looks different
  await font.load();
  document.documentElement.style.setProperty('--drawn-again', 'optimizeLegibility');
}

function loadFont(model) { // once a page: 34 kB that Python sends; what is given back ends the waiting for it
  if (!document.fonts) return () => {};
  const have = [...document.fonts].find(font => font.family.includes(FONT));
  if (have) { // it is the page's own, or on its way
    drawAgain(have).catch(() => {});
    return () => {};
  }
  const face = new FontFace(FONT, 'local("Backprop Lab Math")'); // keeps the place, so that no other stage asks as well
  document.fonts.add(face);
  const heard = (content, buffers) => {
    if (content !== 'font' || !buffers.length) return;
    document.fonts.delete(face);
    const font = new FontFace(FONT, buffers[0]);
    document.fonts.add(font);
    drawAgain(font);
  };
  model.on('msg:custom', heard);
  model.send('font');
  return () => { // without an answer, the next stage asks
    document.fonts.delete(face);
    model.off('msg:custom', heard);
  };
}

function render({model, el}) {
  const add = (tag, name, attributes) => {
    const node = document.createElement(tag);
    node.className = name;
    for (const each in attributes) node.setAttribute(each, attributes[each]);
    el.append(node);
    return node;
  };
  el.classList.add('bl', 'bl-stage');
  const style = add('style', '', {});
  const error = add('pre', 'bl-stage-error', {role: 'alert'}); // above the picture, next to what the learner has just moved
  const picture = add('div', 'bl-stage-picture', {role: 'group'});
  const text = add('p', 'bl-stage-text', {'aria-hidden': 'true'}); // for the eye: at once
  const say = add('p', 'bl-stage-say', {role: 'status', 'aria-live': 'polite'}); // for the ear: after a pause; always this node
  const group = `bl-${Math.random()}`; // radio buttons of the same name are one group in the whole page
  let drawn = [], pieces, owners, entry = null, held = null, drag = null, quiet, late; // entry: key of the element where Tab enters
  const said = new WeakMap(); // what Python said last of each control

  // Events that Python has not answered yet travel in each message: the newest value of each key, and every press.
  const waiting = () => model.get('events').filter(([serial]) => serial > model.get('answered'));
  const ahead = key => key === held || waiting().some(([, kind, turned]) => kind === 'turn' && turned === key);
  function report(kind, ...event) {
    const queue = waiting(), serial = Math.max(model.get('answered'), ...queue.map(each => each[0])) + 1;
    const since = queue.findLastIndex(each => each[1] !== 'turn'); // a value set before a press is not the one after it
    const kept = queue.filter((each, at) => !(kind === 'turn' && at > since && each[2] === event[0]));
    model.set('events', [...kept, [serial, kind, ...event]]);
    model.save_changes();
    clearTimeout(late);
    late = setTimeout(() => { if (waiting().length) fail(LATE); }, LATE_MS);
  }

  const selectable = (root = picture) => [...root.querySelectorAll('[data-select]')];
  const find = key => selectable().find(node => keyOf(node) === key);

  function dress(root) { // what makes it operable is added here, so that the string alone is a picture that keeps still
    const nodes = selectable(root);
    const stop = nodes.find(node => keyOf(node) === entry) || nodes.find(node => node.hasAttribute('data-on')) || nodes[0];
    for (const svg of root.querySelectorAll('svg'))
      if (svg.dataset.said) { put(svg, 'role', 'img'); put(svg, 'aria-label', svg.dataset.said); } // not number after number
      else if (!svg.hasAttribute('role') || svg.querySelector('[data-select]')) put(svg, 'role', 'none'); // an image hides its buttons
    for (const control of root.querySelectorAll('[data-turn], [data-press]')) control.disabled = false;
    for (const range of root.querySelectorAll('[type=range]')) // what a slider says of itself is not read twice
      for (const [twin, words] of [[range.previousElementSibling, 'aria-label'], [range.nextElementSibling, 'aria-valuetext']])
        if (twin && twin.textContent === range.getAttribute(words)) put(twin, 'aria-hidden', true);
    for (const dot of root.querySelectorAll('[type=radio][data-turn]')) dot.name = `${group} ${dot.dataset.turn}`; // a group a key
    for (const each of root.querySelectorAll('a, summary, [data-turn], [data-press], [data-select]'))
      put(each, 'data-lm-suppress-shortcuts', true); // Notebook 7 hears a key first, and asks what has the focus
    for (const node of nodes) {
      put(node, 'role', 'checkbox'); // what stands in it is its value, not its name
      put(node, 'tabindex', node === stop ? 0 : -1);
      put(node, 'aria-checked', node.hasAttribute('data-on'));
    }
  }

  // A picture that moves by itself is told that time has passed when its last frame is drawn, and nothing else waits: so
  // nothing piles up, and Python is free to answer a hand. One that nobody sees keeps still.
  let breath, inView = true;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  const moves = () => model.get('ticking') && inView && !document.hidden && el.isConnected && !waiting().length;
  function live() {
    clearTimeout(breath);
    if (!model.get('ticking')) return;
    breath = setTimeout(() => requestAnimationFrame(() => { if (moves()) report('tick'); }), calm.matches ? CALM_MS : BREATH_MS);
  }
  const watcher = new IntersectionObserver(entries => { inView = entries.at(-1).isIntersecting; live(); });
  watcher.observe(el);
  document.addEventListener('visibilitychange', live);

  function draw() {
    clearTimeout(late);
    const now = [model.get('frame'), model.get('changes'), model.get('answered')];
    if (now.every((value, at) => value === drawn[at])) return; // each trait of a message tells of itself
    const before = pieces, same = now[0] === drawn[0];
    drawn = now;
    pieces = written(...now);
    if (same && owners === undefined) owners = ownersOf(before, picture);
    const active = document.activeElement, focused = picture.contains(active) && keyOf(active);
    if (same && owners && retouch(before, pieces, owners)) dress(picture);
    else {
      owners = undefined;
      const template = document.createElement('template');
      template.innerHTML = pieces.join('<');
      dress(template.content);
      patch(picture, template.content);
    }
    for (const control of picture.querySelectorAll('input, select')) if (!ahead(control.dataset.turn)) settle(control, said);
    if (focused && !picture.contains(document.activeElement)) (find(focused) || selectable()[0])?.focus({preventScroll: true});
  }

  function speak() {
    if (!speaker?.isConnected) speaker = el;
    const words = speaker === el ? model.get('text') : '';
    if (say.textContent !== words) say.textContent = words;
    put(text, 'aria-hidden', speaker === el); // exactly one of the two is read
  }
  function tell() {
    text.textContent = model.get('text');
    clearTimeout(quiet);
    quiet = setTimeout(speak, QUIET_MS);
  }

  function fail(message = model.get('error')) {
    error.textContent = message;
    error.hidden = !message;
  }
  const answered = () => { draw(); fail(); live(); };

  const valueOf = control => control.type === 'range' ? Number(control.value) : control.type === 'checkbox' ? control.checked : control.value;
  const turnedNow = event => event.target.closest?.('[data-turn]');
  el.addEventListener('input', event => {
    const control = turnedNow(event);
    if (control?.type !== 'range') return; // a field, a menu, a switch tell when they change
    held = control.dataset.turn;
    report('turn', held, valueOf(control));
  });
  el.addEventListener('change', event => {
    const control = turnedNow(event);
    held = null;
    if (control && control.type !== 'range') report('turn', control.dataset.turn, valueOf(control));
  });
  el.addEventListener('pointerup', () => { held = null; });

  // A number dragged where it stands: Shift for steps of a tenth.
  el.addEventListener('pointerdown', event => {
    const node = event.target.closest('[data-drag]');
    if (event.target.closest('[data-paint]')) event.target.releasePointerCapture(event.pointerId); // a finger enters other cells too
    if (!node || event.button) return;
    const {drag: key, value, min, max, step} = node.dataset;
    drag = {key, x: event.clientX, from: Number(value), low: Number(min), high: Number(max), step: Number(step), last: null};
  });
  el.addEventListener('pointermove', event => {
    if (!(event.buttons & 1)) drop(); // let go where nobody heard of it
    if (!drag) return;
    const by = event.clientX - drag.x;
    if (drag.last === null) {
      if (Math.abs(by) < 4) return;
      el.setPointerCapture(event.pointerId);
      el.classList.add('bl-dragging');
    }
    const steps = Math.round(by / PIXELS_A_STEP) * (event.shiftKey ? .1 : 1);
    const low = Math.min(drag.low, drag.from), high = Math.max(drag.high, drag.from);
    const value = Number(Math.min(high, Math.max(low, drag.from + steps * drag.step)).toFixed(6));
    if (value !== drag.last) report('turn', drag.key, drag.last = value);
    event.preventDefault();
  });
  el.addEventListener('touchmove', event => { if (drag && event.cancelable) event.preventDefault(); }, {passive: false}); // or the page moves
  el.addEventListener('pointerover', event => { // drawn with the button held: what was left and what is entered takes the ink
    const nodes = [event.relatedTarget, event.target].map(node => node?.closest?.('[data-paint]'));
    if (event.buttons !== 1 || nodes[0] === nodes[1]) return;
    for (const node of nodes) if (node) report('turn', node.dataset.select, Number(node.dataset.paint));
  });
  const swallow = event => { event.stopPropagation(); event.preventDefault(); };
  function drop() {
    if (drag && drag.last !== null) { // the click that ends a drag chooses nothing
      el.classList.remove('bl-dragging');
      el.addEventListener('click', swallow, {capture: true, once: true});
      setTimeout(() => el.removeEventListener('click', swallow, {capture: true}));
    }
    drag = null;
  }
  el.addEventListener('pointerup', drop);
  el.addEventListener('pointercancel', drop);

  const choose = node => report('select', node.hasAttribute('data-on') ? '' : keyOf(node));
  el.addEventListener('click', event => {
    const button = event.target.closest('[data-press]');
    if (button) return button.getAttribute('aria-disabled') === 'true' || report('press', button.dataset.press);
    if (turnedNow(event)) return;
    const node = event.target.closest('[data-select]') // data-pick: more of the same thing, for the mouse only
      || find(event.target.closest('[data-pick]')?.dataset.pick);
    if (node) { node.focus({preventScroll: true}); choose(node); }
  });
  el.addEventListener('focusin', event => {
    speaker = el;
    const node = event.target.closest('[data-select]');
    if (node) { entry = keyOf(node); dress(picture); }
  });
  el.addEventListener('keydown', event => {
    event.stopPropagation(); // JupyterLab takes the arrows of any focused element that is not text
    const command = event.ctrlKey || event.metaKey; // its own, which it would not hear from a control; those for any focus it hears
    if (command && (!event.target.matches('[type=text]') || event.key.toLowerCase() === 's')) {
      if (!el.parentNode.dispatchEvent(new KeyboardEvent(event.type, event))) event.preventDefault();
      return;
    }
    const node = event.target.closest('[data-select]');
    if (!node || event.target.matches('input, select, button, summary') || event.ctrlKey || event.altKey || event.metaKey) return;
    const nodes = selectable(), last = nodes.length - 1, here = nodes.indexOf(node);
    const to = {Home: 0, End: last}[event.key] ?? here + STEP[event.key]; // NaN for any other key
    if (to >= -1) nodes[Math.min(last, Math.max(0, to))].focus();
    else if (event.key === 'Enter' || event.key === ' ') choose(node);
    else if (event.key === 'Escape') report('select', '');
    else return;
    event.preventDefault();
  });

  const rename = () => picture.setAttribute('aria-label', model.get('label'));
  const restyle = () => { style.textContent = model.get('sheet'); };
  restyle(); rename(); draw(); tell(); fail();
  const leaveFont = loadFont(model);
  const answers = {frame: draw, changes: draw, answered, text: tell, label: rename, sheet: restyle, error: () => fail(), ticking: live};
  for (const [trait, answer] of Object.entries(answers)) model.on(`change:${trait}`, answer);

  return () => {
    for (const [trait, answer] of Object.entries(answers)) model.off(`change:${trait}`, answer);
    clearTimeout(quiet);
    clearTimeout(late);
    clearTimeout(breath);
    leaveFont();
    watcher.disconnect();
    document.removeEventListener('visibilitychange', live);
    if (speaker === el) speaker = null;
  };
}

export default {render};
