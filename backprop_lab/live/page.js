// The page's side of Python in a worker: cells are sent there to be run, and each picture gets the model its stage asks for.
import stage from './stage.js';

export const OF_A_PICTURE = new Set(['answer', 'again']); // what the worker was at

export class Python {
  // settings: {runtime, archive, packages, env}, absolute addresses, or `files` in place of what they lead to;
  // hear: {ready, output, done, broken}, called with what was told
  constructor(settings, hear) {
    this.settings = settings;
    this.hear = hear;
  }

  start() {
    this.models = new Map();
    this.worker = new Worker(this.settings.worker || new URL('./worker.js', import.meta.url), {type: 'module'});
    this.worker.onmessage = ({data}) => this.told(JSON.parse(data));
    this.worker.onerror = event => this.hear.broken({text: event.message || 'the worker could not be started'});
    this.worker.postMessage({kind: 'start', ...this.settings});
  }

  stop() { // in the middle of whatever it does: all that was computed is lost
    this.worker.terminate();
  }

  run(cell, source, packages = []) {
    this.worker.postMessage({kind: 'run', cell, source, packages});
  }

  // A picture that a cell has shown: alive in `el`. With `kept`, events of an earlier visit are done again.
  show({picture, values}, el, {kept = [], keep} = {}) {
    let model = this.models.get(picture);
    if (!model) {
      model = modelOf(values, events => this.worker.postMessage({kind: 'answer', picture, events: JSON.stringify(events)}), keep);
      this.models.set(picture, model);
      if (kept.length) this.worker.postMessage({kind: 'again', picture, events: JSON.stringify(kept)});
    }
    return stage.render({model, el});
  }

  told(message) {
    if (message.kind === 'change') this.models.get(message.picture)?.changed(message.values);
    else if (OF_A_PICTURE.has(message.at) && message.text.startsWith('PythonError')) console.error(message.text); // it goes on
    else this.hear[message.kind](message);
  }
}

// What the stage knows of ipywidgets: get, set, save_changes, on, off. One message is under way at a time, with all that waits.
function modelOf(first, send, keep = () => {}) {
  const values = {events: [], ...first}, handlers = {};
  let sent = 0; // serial of the last event under way
  const waiting = () => values.events.filter(([serial]) => serial > values.answered);
  const go = () => {
    const events = waiting();
    if (!events.length || sent > values.answered) return;
    sent = events.at(-1)[0];
    send(events);
  };
  return {
    get: name => values[name],
    set: (name, value) => {
      values[name] = value;
      if (name === 'events') keep(value.at(-1).slice(1)); // the last one is new
    },
    on: (name, act) => (handlers[name] ||= []).push(act),
    off: (name, act) => { handlers[name] = (handlers[name] || []).filter(each => each !== act); },
    send() {}, // the font is the page's own
    save_changes: go,
    changed(news) {
      Object.assign(values, news);
      for (const name of Object.keys(news)) for (const act of handlers[`change:${name}`] || []) act();
      go();
    },
  };
}
