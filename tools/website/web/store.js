// What a learner wrote and answered: kept in this browser and nowhere else, by notebook; a cell by what it was made from.

// A short sum of a text: a cell that a new version leaves as it was has the same, wherever it stands then.
export function sum(text) {
  let value = 5381;
  for (const sign of text) value = (value * 33 + sign.codePointAt(0)) >>> 0;
  return value.toString(36);
}

export class Store {
  constructor(name, version) {
    Object.assign(this, {place: `backprop-lab/${name}`, version, works: true});
  }

  read() {
    try {
      return {code: {}, answers: {}, ...JSON.parse(localStorage.getItem(this.place))};
    } catch {
      return {code: {}, answers: {}};
    }
  }

  change(act) { // read anew each time: another tab may have written
    const all = this.read();
    act(all);
    try {
      localStorage.setItem(this.place, JSON.stringify(all));
    } catch { // full, or forbidden
      this.works = false;
    }
  }

  code = key => this.read().code[key];
  keepCode = (key, entry) => this.change(all => { all.code[key] = {...all.code[key], ...entry, version: this.version}; });
  dropCode = key => this.change(all => { delete all.code[key]; });

  answers = key => this.read().answers[key]?.events || [];
  keepAnswer = (key, event) => this.change(all => {
    const events = all.answers[key]?.events || [], [kind, turned] = event;
    const since = events.findLastIndex(each => each[0] !== 'turn'); // a value set before a press is not the one after it
    const stay = events.filter((each, at) => !(kind === 'turn' && at > since && each[1] === turned));
    all.answers[key] = {events: [...stay, event].slice(-500), version: this.version};
  });

  forget() {
    localStorage.removeItem(this.place);
  }
}
