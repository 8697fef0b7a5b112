// The stage in the browser: shows `picture`, tells Python what is `selected`, speaks `text`, shows `error`. Computes nothing.
const LATE = 'Python has not answered yet. It may be busy; if the kernel was restarted, run this cell again.';
const QUIET_MS = 400, LATE_MS = 1500;
const STEP = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
let speaker = null; // of several views of one stage only the one last used speaks (this module is loaded once a model)

const keyOf = node => node.nodeType === Node.ELEMENT_NODE ? node.dataset.select || node.dataset.key : undefined;
const put = (node, name, value) => { if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value); };

// Makes the children of `old` those of `wanted`. Nodes that are still wanted stay, and with them focus and pressed buttons.
function patch(old, wanted) {
  const have = new Map(), stay = new Set();
  for (const child of old.children) if (keyOf(child)) have.set(keyOf(child), child);
  for (const child of wanted.children) if (keyOf(child)) stay.add(keyOf(child));
  let at = old.firstChild;
  const drop = () => { const next = at.nextSibling; at.remove(); at = next; };
  for (const node of [...wanted.childNodes]) {
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

function patchNode(old, wanted) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== wanted.nodeValue) old.nodeValue = wanted.nodeValue;
    return;
  }
  const learners = name => name === 'open' && old.nodeName === 'DETAILS'; // what the learner opened stays open
  for (const {name} of [...old.attributes]) if (!wanted.hasAttribute(name) && !learners(name)) old.removeAttribute(name);
  for (const {name, value, namespaceURI} of wanted.attributes)
    if (old.getAttribute(name) !== value && !learners(name)) old.setAttributeNS(namespaceURI, name, value);
  patch(old, wanted);
}

// What ipywidgets leaves unsaid: the names of slider handles and of Play's buttons, values as the learner sees them, what is pressed.
function nameControls(box) {
  for (const slider of box.querySelectorAll('.widget-slider, .widget-hslider, .widget-vslider')) {
    const label = slider.querySelector('.widget-label')?.textContent.trim();
    const shown = slider.querySelector('.widget-readout')?.textContent.trim();
    const number = Number(shown?.replace('−', '-') || NaN);
    for (const handle of slider.querySelectorAll('.noUi-handle')) {
      if (label) put(handle, 'aria-label', label);
      if (shown) put(handle, 'aria-valuetext', shown);
      if (!Number.isNaN(number)) put(handle, 'aria-valuenow', number);
    }
  }
  for (const play of box.querySelectorAll('.widget-play'))
    play.querySelectorAll('button').forEach((button, place) => put(button, 'aria-label', ['Play or pause', 'Back to the start', 'Repeat'][place]));
  for (const button of box.querySelectorAll('.widget-toggle-button')) put(button, 'aria-pressed', button.classList.contains('mod-active'));
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
  el.dataset.lmSuppressShortcuts = 'true'; // keys pressed here are ours, not JupyterLab's
  const error = add('pre', 'bl-stage-error', {role: 'alert'}); // above the picture, next to what the learner has just moved
  const picture = add('div', 'bl-stage-picture', {role: 'group'});
  const text = add('p', 'bl-stage-text', {'aria-hidden': 'true'}); // for the eye: at once
  const say = add('p', 'bl-stage-say', {role: 'status', 'aria-live': 'polite'}); // for the ear: after a pause; always this node
  let entry = null, quiet, late; // entry: the key of the element where Tab enters

  const selectable = (root = picture) => [...root.querySelectorAll('[data-select]')];
  const find = key => selectable().find(node => keyOf(node) === key);

  function dress(root) { // what makes it operable is added here, so that the string alone is a picture that keeps still
    const nodes = selectable(root), selected = model.get('selected');
    const stop = nodes.find(node => keyOf(node) === entry) || nodes.find(node => keyOf(node) === selected) || nodes[0];
    for (const svg of root.querySelectorAll('svg'))
      if (!svg.hasAttribute('role') || svg.querySelector('[data-select]')) put(svg, 'role', 'none'); // an image hides its buttons
    for (const node of nodes) {
      put(node, 'role', 'button');
      put(node, 'tabindex', node === stop ? 0 : -1);
      put(node, 'aria-pressed', keyOf(node) === selected);
    }
  }

  function draw() {
    const active = document.activeElement, focused = picture.contains(active) && keyOf(active);
    const template = document.createElement('template');
    template.innerHTML = model.get('picture');
    dress(template.content);
    patch(picture, template.content);
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
    clearTimeout(late);
    error.textContent = message;
    error.hidden = !message;
  }

  function choose(key) {
    model.set('selected', key);
    model.save_changes();
    clearTimeout(late);
    late = setTimeout(() => { if (model.get('drawn') !== model.get('selected') && !model.get('error')) fail(LATE); }, LATE_MS);
  }
  const toggle = node => choose(keyOf(node) === model.get('selected') ? '' : keyOf(node));

  el.addEventListener('click', event => {
    const node = event.target.closest('[data-select]') // data-pick: more of the same thing, for the mouse only
      || find(event.target.closest('[data-pick]')?.dataset.pick);
    if (node) { node.focus({preventScroll: true}); toggle(node); }
  });
  el.addEventListener('focusin', event => {
    speaker = el;
    const node = event.target.closest('[data-select]');
    if (node) { entry = keyOf(node); dress(picture); }
  });
  el.addEventListener('keydown', event => {
    const node = event.target.closest('[data-select]');
    if (!node || event.ctrlKey || event.altKey || event.metaKey) return;
    const nodes = selectable(), last = nodes.length - 1, here = nodes.indexOf(node);
    const to = {Home: 0, End: last}[event.key] ?? here + STEP[event.key]; // NaN for any other key
    if (to >= -1) nodes[Math.min(last, Math.max(0, to))].focus();
    else if (event.key === 'Enter' || event.key === ' ') toggle(node);
    else if (event.key === 'Escape') choose('');
    else return;
    event.preventDefault();
  });

  const rename = () => picture.setAttribute('aria-label', model.get('label'));
  rename(); draw(); tell(); fail();
  const answers = {picture: draw, text: tell, label: rename, error: () => fail(), drawn: () => fail(), selected: () => dress(picture)};
  for (const [trait, answer] of Object.entries(answers)) model.on(`change:${trait}`, answer);

  let box = el;
  const watcher = new MutationObserver(() => nameControls(box));
  const frame = requestAnimationFrame(() => { // the stage is in its place only then
    box = el.closest('.bl-live') || el.closest('.jp-OutputArea') || el.parentElement || el;
    nameControls(box);
    watcher.observe(box, {subtree: true, childList: true, attributes: true, attributeFilter: ['aria-valuetext', 'aria-valuenow', 'class']});
  });

  return () => {
    clearTimeout(quiet);
    clearTimeout(late);
    cancelAnimationFrame(frame);
    watcher.disconnect();
    if (speaker === el) speaker = null;
  };
}

export default {render};
