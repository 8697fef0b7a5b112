// A notebook's page: its cells are run as soon as Python is there, its pictures come alive, its code can be changed.
import {edit} from './editor.js';
import {OF_A_PICTURE, Python} from './page.js';
import {packed, remembered, Store, sum, unpacked} from './store.js';

const SLOW_MS = 1500;
const STUCK = 'This cell was not run: the last time it did not end. Change it, then press Run.';
const LOST = 'This browser keeps nothing: download what you write.';
const STOPPED = 'Stopped. Python is started again, and the other cells are run anew.';
const BROUGHT_DOWN = 'This cell has brought Python down. It is started again, and the other cells are run anew.';
const LEFT_OUT = '… more was printed: this is the end of it\n';
const CUT = '…\nThis is its beginning: all of it is too long for the page.';
const MOST = 50_000; // letters that a cell prints, or of a value: a loop that prints without end leaves the page usable
const page = JSON.parse(document.getElementById('page').textContent);
const lecture = new URLSearchParams(location.search).has('lecture'); // a class before one screen: what it answers is not the reader's own
const store = new Store(lecture ? `${page.name}?lecture` : page.name, page.version);
const status = document.getElementById('python');
const styles = new Set([...document.querySelectorAll('style')].map(style => style.textContent));

const say = (words, state) => {
  if (status.textContent !== words) status.textContent = words;
  document.body.dataset.python = state;
};
const make = (tag, name, words = '') => Object.assign(document.createElement(tag), {className: name, textContent: words});

function tidy(root) { // of what a cell shows: each stylesheet once a page, and links to notebooks lead to their pages
  for (const style of root.querySelectorAll('style')) {
    if (styles.has(style.textContent)) style.remove();
    else document.head.append(style);
    styles.add(style.textContent);
  }
  for (const link of root.querySelectorAll('a[href$=".ipynb"]')) link.setAttribute('href', link.getAttribute('href').replace(/\.ipynb$/, '.html'));
}

const written = line => line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1); // \r goes back to its beginning, as a progress bar does

function print(pre, text) { // the line that has not ended yet is kept as it came: what comes next may write over it
  const lines = ((pre.begun || '') + text).split('\n').map(written);
  const [done, last] = pre.childNodes.length ? pre.childNodes : ['', ''].map(none => pre.appendChild(new Text(none)));
  pre.begun = lines.pop().slice(-MOST);
  done.appendData(lines.map(line => `${line.replace(/\r+$/, '')}\n`).join(''));
  last.data = pre.begun.replace(/\r+$/, '');
  if (done.length < 2 * MOST) return;
  const end = done.data.slice(-MOST);
  done.data = LEFT_OUT + end.slice((end.indexOf('\n') + 1) % end.length); // from a line's beginning, if it is not one line
}

function questions(markup) {
  const template = document.createElement('template');
  template.innerHTML = markup;
  return [...template.content.querySelectorAll('.bl-asked')].map(node => node.textContent).join('\n');
}

class Cell {
  constructor(node, number) {
    this.node = node;
    this.id = node.id;
    this.code = node.querySelector('.input');
    this.output = node.querySelector('.output');
    this.original = node.querySelector('code').textContent;
    this.exercise = node.dataset.exercise;
    this.late = 'late' in node.dataset;
    this.name = this.exercise ? `Your code, exercise ${this.exercise.replace(/^check_/, '')}` : `Code of cell ${number}`;
    const kept = store.code(this.key);
    this.source = kept?.code ?? this.original;
    this.ended = kept?.ended ?? true;
    this.moved = []; // events of its first picture since that was begun
    this.stages = []; // what to call when a picture makes room
    this.tools = make('div', 'tools');
    for (const [name, words, act] of [['run', '▸ Run', () => this.state === 'running' || this.ask()], ['edit', 'Edit', () => this.open(true)],
      ['reset', 'Reset to the original', () => this.reset()], ['share', 'Link to this', () => this.share()], ['stop', 'Stop', () => stop()]]) {
      const button = this[`${name}Button`] = make('button', name, words);
      Object.assign(button, {type: 'button', onclick: act});
      this.tools.append(button);
    }
    this.waits = make('span', 'waits');
    this.tools.append(this.waits);
    this.code.append(this.tools);
    if (this.exercise || this.changed) this.open();
    this.refresh();
  }

  get key() {
    return this.exercise || sum(this.original);
  }

  get changed() {
    return this.source !== this.original;
  }

  open(focus = false) {
    const pre = this.code.querySelector('pre');
    if (!this.editor) {
      pre.hidden = true;
      const place = make('div', 'editor');
      this.tools.before(place);
      this.editor = edit(place, {text: this.source, label: this.name, changed: text => this.write(text), run: () => this.ask()});
      this.output.setAttribute('aria-live', 'polite');
    }
    if (focus) this.editor.focus();
    this.refresh();
  }

  write(text) {
    if (text === this.source) return;
    this.source = text;
    this.ended = true; // for all we know
    if (this.changed) this.kept(true);
    else store.dropCode(this.key);
    this.refresh();
  }

  kept(ended) { // what was written, and whether it ended when it ran
    if (this.changed) store.keepCode(this.key, {code: this.source, ended});
  }

  follow() { // what another tab has kept
    const text = store.code(this.key)?.code ?? this.original;
    if (text === this.source) return;
    this.source = text;
    if (this.editor) this.editor.put(text);
    else this.open();
    this.refresh();
  }

  reset() {
    this.editor?.put(this.original);
    this.write(this.original);
    this.ask();
    this.editor?.focus();
  }

  refresh(state = this.state) {
    const held = this.tools.contains(document.activeElement) && document.activeElement;
    this.state = state;
    this.node.dataset.state = state || '';
    this.resetButton.hidden = !this.changed;
    this.editButton.hidden = Boolean(this.editor);
    this.runButton.disabled = !page.runtime;
    this.runButton.setAttribute('aria-disabled', state === 'running'); // and it keeps the focus
    this.stopButton.hidden = !(state === 'running' && this.long);
    this.shareButton.hidden = true;
    this.waits.textContent = !this.stopButton.hidden ? 'is running …' : state === 'waiting' && this.asked ? 'waits for its turn' : this.changed && !store.works ? LOST : '';
    if (held?.hidden) this.runButton.focus();
  }

  ask() { // the learner wants it run
    if (!page.runtime) return;
    this.asked = this.ended = true;
    if (!queue.includes(this)) queue.push(this);
    this.refresh(this === busy ? 'running' : 'waiting');
    go();
  }

  begin() {
    this.fresh = false;
    this.output.style.minHeight = `${this.output.offsetHeight}px`; // what follows keeps its place
    this.kept(false); // until it has
    this.long = false;
    this.refresh('running');
    this.slow = setTimeout(() => {
      this.long = true;
      this.refresh();
    }, SLOW_MS);
    python.run(this.id, this.source, packages(this.source));
  }

  clear() {
    if (!this.fresh) this.empty();
    this.fresh = true;
  }

  empty() {
    for (const leave of this.stages) leave();
    this.stages = [];
    this.output.replaceChildren();
  }

  add(node) {
    this.output.append(node);
    return node;
  }

  shows({stream, text, html, png, error, picture, values}) {
    this.clear();
    if (picture) return this.alive(picture, values);
    if (stream) {
      const last = this.output.lastElementChild, pre = last?.dataset.stream === stream ? last : this.add(make('pre', 'printed'));
      pre.dataset.stream = stream;
      return print(pre, text);
    }
    if (png) return Object.assign(this.add(make('img', 'drawn')), {src: `data:image/png;base64,${png}`, alt: 'What the cell has drawn'});
    if (html) {
      const node = this.add(make('div', 'shown'));
      node.innerHTML = html;
      return tidy(node);
    }
    if (error) return this.add(make('pre', 'raised', text));
    return this.add(make('pre', 'value', text.length > MOST ? text.slice(0, MOST) + CUT : text));
  }

  alive(picture, values) {
    const asked = questions(values.frame), key = sum(asked); // by its words: wherever it is asked, and as long as it is the same
    const first = !this.stages.length, linked = first && given.cell === this.id;
    const kept = linked ? given.events : asked ? store.answers(key) : [];
    if (linked) given.cell = null; // run again, it begins anew
    if (first) this.moved = kept;
    const keep = event => {
      if (first) this.moved = remembered(this.moved, event);
      this.shareButton.hidden = Boolean(asked) || !this.moved.length;
      if (asked) store.keepAnswer(key, event);
    };
    this.stages.push(python.show({picture, values}, this.add(make('div', 'live')), {kept, keep}));
  }

  async share() {
    const address = new URL(location.href);
    address.hash = `${this.id}=${await packed(this.moved)}`;
    history.replaceState(null, '', address);
    try {
      await navigator.clipboard.writeText(address.href);
      this.waits.textContent = 'the link is copied';
    } catch {
      this.waits.textContent = 'the link is in the address line';
    }
  }

  done(failed) {
    clearTimeout(this.slow);
    this.clear();
    this.asked = false;
    this.kept(true);
    this.refresh(failed ? 'failed' : 'done');
    requestAnimationFrame(() => { this.output.style.minHeight = ''; reach(); });
  }

  says(words) {
    this.empty();
    this.add(make('p', 'note', words));
  }
}

const packages = source => Object.entries(page.wanted || {}).filter(([, pattern]) => new RegExp(pattern).test(source)).map(([name]) => name);

const PICTURE = /^#([\w-]+)=([\w-]+)$/;
const [, linked, text] = location.hash.match(PICTURE) || []; // a link to a picture as somebody moved it
const given = {cell: linked, events: text ? await unpacked(text) : []};

let busy = null, queue = [];
const cells = [...document.querySelectorAll('.cell.code')].map((node, at) => new Cell(node, at + 1));
const byId = new Map(cells.map(cell => [cell.id, cell]));

function next() {
  if (busy || !ready || !queue.length) return;
  busy = queue.shift();
  say('Python runs the cells of this page …', 'running');
  busy.begin();
}

function all(but) { // what runs when Python has started: every cell, in their order; those that only print let the pictures go first
  queue = cells.filter(cell => cell !== but && cell !== busy && cell.ended);
  if (!cells.some(cell => cell.changed)) queue = [...queue.filter(cell => !cell.late), ...queue.filter(cell => cell.late)];
  for (const cell of cells) if (cell !== busy) cell.refresh(queue.includes(cell) ? 'waiting' : 'stopped');
}

function go() {
  if (document.body.dataset.python === 'broken') start();
  next();
}

let ready = false, python;
const hear = {
  ready() {
    ready = true;
    next();
  },
  output: ({cell, output}) => byId.get(cell).shows(output),
  done({cell, failed}) {
    byId.get(cell).done(failed);
    busy = null;
    next();
    if (busy) return;
    reach();
    say('Python is here: pictures move', 'ready');
  },
  broken({text, at}) { // the worker itself may have fallen: then it does not say at what
    console.error(text);
    if (busy && !OF_A_PICTURE.has(at)) return stop(`${BROUGHT_DOWN} (${text})`);
    const left = abandon();
    if (left) {
      left.asked = false;
      left.kept(true);
    }
    say(`Python ${ready ? 'has broken down' : 'could not start'}, so the pictures keep still. Run ${ready ? 'starts it' : 'tries'} again. (${text})`, 'broken');
    if (ready) all(); // what the cells have made is gone
    ready = false;
  },
};

function start() {
  ready = false;
  say('Python is starting …', 'starting');
  python.start();
}

function abandon() { // Python, in the middle of whatever it does: the cell that was running, if one was
  const left = busy;
  busy = null;
  python.stop();
  if (!left) return null;
  clearTimeout(left.slow);
  left.output.style.minHeight = '';
  return left;
}

function stop(words = STOPPED) {
  const stuck = abandon();
  stuck.ended = stuck.asked = false;
  stuck.says(words);
  all(stuck);
  start();
}

// the menu of the page

async function download() {
  const notebook = await fetch(page.file).then(answer => answer.json()).catch(() => null);
  if (!notebook) return say(`${page.name}.ipynb could not be fetched: is there a connection?`, document.body.dataset.python);
  for (const each of notebook.cells) {
    const cell = byId.get(each.id);
    if (!cell?.changed) continue;
    each.source = cell.source.split(/(?<=\n)/);
    Object.assign(each, {outputs: [], execution_count: null});
  }
  const link = make('a', ''), file = new Blob([JSON.stringify(notebook, null, 1)], {type: 'application/x-ipynb+json'});
  Object.assign(link, {href: URL.createObjectURL(file), download: `${page.name}.ipynb`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function forget() {
  if (!confirm('Forget the code and the answers that you have written on this page?')) return;
  store.forget();
  location.reload();
}

const menu = document.getElementById('menu');
const runAll = () => { all(); go(); };
const actions = {'Run all cells': runAll, 'Download as .ipynb': download, 'Forget what I wrote': forget};
actions[lecture ? 'End lecture mode' : 'Lecture mode'] = () => { location.search = lecture ? '' : '?lecture'; };
if (page.lite) actions['Open in JupyterLite'] = () => location.assign(`${page.lite}${page.name}.ipynb`);
if (!page.runtime) delete actions['Run all cells'];
for (const [words, act] of Object.entries(actions)) {
  const button = Object.assign(make('button', '', words), {type: 'button'});
  button.onclick = () => { menu.open = false; menu.firstElementChild.focus(); act(); };
  menu.lastElementChild.append(button);
}
menu.hidden = false;
document.body.classList.toggle('lecture', lecture);
if (lecture) for (const link of document.querySelectorAll('a[href$=".html"]')) link.search = '?lecture';
document.addEventListener('keydown', event => { if (event.key === 'Escape' && menu.open) { menu.open = false; menu.firstElementChild.focus(); } });
document.addEventListener('pointerdown', event => { if (!menu.contains(event.target)) menu.open = false; });

const lost = Object.entries(store.read().code).filter(([key]) => !cells.some(cell => cell.key === key));
if (lost.length) {
  const section = document.getElementById('earlier');
  section.hidden = false;
  for (const [key, {code}] of lost) {
    const drop = Object.assign(make('button', '', 'Forget this'), {type: 'button'}), item = make('div', 'kept');
    drop.onclick = () => {
      store.dropCode(key);
      item.remove();
      section.hidden = !section.querySelector('.kept');
      (section.querySelector('button') || menu.firstElementChild).focus();
    };
    item.append(make('pre', 'value', code), drop);
    section.append(item);
  }
}

const reach = () => { // what hangs over is moved by the arrow keys
  for (const part of document.querySelectorAll('.cell :is(math[display=block], table, .output, .bl, .bl-diagram, .bl-pane-picture, .bl-equations)'))
    if (part.scrollWidth > part.clientWidth) part.setAttribute('tabindex', 0);
    else part.removeAttribute('tabindex');
};
reach();
document.fonts.ready.then(reach);
addEventListener('resize', reach);

addEventListener('storage', ({key}) => { // another tab has written: this one would write over it
  if (key === store.place && store.works) for (const cell of cells) cell.follow();
});
addEventListener('hashchange', () => { if (PICTURE.test(location.hash)) location.reload(); }); // another picture of this page
if (linked) byId.get(linked)?.node.scrollIntoView();
if (page.runtime) {
  const absolute = address => new URL(address, document.baseURI).href;
  python = new Python({runtime: absolute(page.runtime), archive: absolute(page.archive), packages: page.packages, env: lecture ? {BACKPROP_LAB_LECTURE: '1'} : {}}, hear);
  for (const cell of cells) if (!cell.ended) cell.says(STUCK);
  all();
  start();
} else say('This copy of the pages has no Python beside it: the pictures keep still.', 'none');
