// In every page of the tests: what the kernel still owes an answer to, what failed, and when the outputs changed.
(() => {
  const open = new Map();                       // messages sent, not yet answered with "idle": id -> what it says
  let last = 0, changed = null;                 // when a message was answered or the page changed (ms), and where
  // JupyterLab asks each new kernel for its widgets, also one which has not imported ipywidgets yet.
  const GREETING = /^No such comm( target registered: jupyter\.widget\.control|: [\w-]+)\s*$/;
  const watch = window.watch = {errors: [], ran: false, events: [], paints: [], heights: []};

  watch.kernel = kernel => {                    // a notebook is opened: what was of another is forgotten
    open.clear();
    Object.assign(watch, {errors: [], ran: false, events: [], paints: [], heights: []});
    listen(kernel);
  };
  const listen = kernel => kernel.anyMessage.connect((_, {msg, direction}) => {
    const type = msg.header.msg_type, parent = msg.parent_header;
    if (direction === 'send' && /^comm_|^execute_request/.test(type)) open.set(msg.header.msg_id, `${type} ${JSON.stringify(msg.content).slice(0, 200)}`);
    if (type === 'status' && msg.content.execution_state === 'idle' && open.delete(parent.msg_id)) last = performance.now();
    if (type === 'error') watch.errors.push([`in ${parent.msg_type}`, ...msg.content.traceback].join('\n').replace(/\x1b\[[\d;]*m/g, ''));
    if (type === 'stream' && msg.content.name === 'stderr' && !GREETING.test(msg.content.text)) watch.errors.push('stderr: ' + msg.content.text);
  });
  new MutationObserver(([{target}]) => { last = performance.now(); changed = target; })
    .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  watch.settled = () => !open.size && performance.now() - last > 150;       // ipywidgets sends what it held back at "idle"
  watch.debts = () => [...open.values(), `last change ${(performance.now() - last).toFixed()} ms ago: ${(changed?.outerHTML ?? `${changed?.nodeValue}`).slice(0, 200)}`];
  watch.shown = () => jupyterapp.shell.currentWidget.content.widgets.filter(cell => cell.outputArea).every(({outputArea: area}) =>
    area.model.length === area.node.querySelectorAll(':scope > .jp-OutputArea-child').length
    && !area.node.textContent.includes('Loading widget...'));
  watch.run = async () => {
    watch.ran = false;
    await jupyterapp.commands.execute('notebook:run-all-cells');
    watch.ran = true;
  };
  watch.evaluate = async (kernel, code) => (await kernel.requestExecute(
    {code: '', silent: false, store_history: false, user_expressions: {r: code}}).done).content.user_expressions.r;

  // Hands that try all that the pictures offer, a hand a picture, all at once: one thing after the other, and then all sliders
  // together at their other end and back. Of each act, in pictures as wide as each of the windows makes them: how high the picture
  // is before and after, and how far what was moved lies from the farthest thing that followed.
  const frame = () => new Promise(requestAnimationFrame);
  const answered = async () => { do await frame(); while (open.size); await frame(); await frame(); };
  const set = (control, value) => {
    control.value = value;
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, {bubbles: true}));
  };
  const acts = control => {
    if (control.type === 'range') return [() => set(control, control.value === control.max ? control.min : control.max)];
    if (control.type === 'text') return [() => set(control, '0.25')];
    if (control.nodeName === 'SELECT') return [...control.options].map(option => () => set(control, option.value));
    return control.getAttribute('aria-disabled') === 'true' ? [] : [() => control.click()];
  };
  const told = (root, list) => list.filter(m => m.attributeName !== 'name') // nobody sees it
    .map(m => m.target.nodeType === 1 ? m.target : m.target.parentElement)
    .filter(node => node?.isConnected && node !== root && node.getClientRects().length
      && !node.closest('details:not([open]) > :not(summary)')); // a folded legend is nowhere
  function* hand(stage, most, windows) {        // stops before it measures, before an act, and until that is answered
    const root = stage.querySelector('.bl-stage-picture'), rows = [], list = [], box = node => node.getBoundingClientRect();
    const find = key => root.querySelector(`[data-turn="${key}"], [data-press="${key}"]`);
    const ranges = () => [...root.querySelectorAll('input[type=range][data-turn]')].slice(0, most);
    const begun = new Map(ranges().map(each => [each.dataset.turn, each.value]));
    const keys = [...new Set([...root.querySelectorAll('[data-turn], [data-press]')].map(each => each.dataset.turn || each.dataset.press))];
    function* tries() {
      for (const key of keys.slice(0, most)) for (let n = 0; find(key) && n < acts(find(key)).length; n++)
        yield {key, control: find(key), act: acts(find(key))[n], before: []};
      for (const [key, value] of [['all at one end', each => each.min], ['all back', each => begun.get(each.dataset.turn) ?? each.value]])
        yield {key, act() { for (const each of ranges()) set(each, value(each)); }, before: []};
    }
    function* measured(last, next) {            // in each window: what is after the one is before the other
      for (let n = 0; n < windows; n++) {
        const window = yield, {top, height} = box(stage);
        if (last) {
          const {key, control} = last, {before, from, tall} = last.before[window];
          const boxes = control ? told(root, list).filter(node => node !== control && !node.contains(control)).map(box) : [];
          const reach = Math.max(0, ...boxes.map(box => Math.max(box.bottom - top - from, from + tall - (box.top - top))));
          rows.push({window, key, before, after: height, reach});
        }
        if (next) {
          const moved = box(next.control ?? stage);
          next.before[window] = {before: height, from: moved.top - top, tall: moved.height};
        }
      }
    }
    const seen = new MutationObserver(found => list.push(...found));
    let last = null;
    for (const next of tries()) {
      yield* measured(last, next);
      list.length = 0;
      seen.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
      yield;
      next.act();
      yield;
      list.push(...seen.takeRecords());
      seen.disconnect();
      last = next;
    }
    yield* measured(last);
    return rows;
  }
  // `widths`: in each window, of the pictures; the first window is the one that is there. Whoever has measured in the last window
  // acts there, and begins there to measure again: pictures are laid out anew for each change of their width.
  watch.walk = async (stages, mosts, widths) => {
    const hands = stages.map((stage, n) => hand(stage, mosts[n], widths.length)), rows = stages.map(() => null);
    const on = window => hands.forEach((each, n) => { if (!rows[n]) rows[n] = each.next(window).value ?? null; });
    const windows = [...widths.keys()];
    for (on(); rows.includes(null); windows.reverse()) {
      for (const window of windows) {
        stages.forEach((stage, n) => { if (!rows[n]) stage.style.width = window ? `${widths[window][n]}px` : ''; });
        on(window);
      }
      on();
      await answered();
      on();
    }
    for (const stage of stages) stage.style.width = '';
    return rows;
  };

  // From an input event to the painted change.
  let pending = false;
  const ignored = '.widget-slider, .jp-InputPrompt, .jp-OutputPrompt';
  const seen = new MutationObserver(list => {
    const real = m => !(m.target.nodeType === 1 ? m.target : m.target.parentElement)?.closest(ignored);
    if (pending || !list.some(real)) return;
    pending = true;
    requestAnimationFrame(() => {
      const {port1, port2} = new MessageChannel();                          // the first moment after this frame
      port1.onmessage = () => { pending = false; watch.paints.push(performance.now()); };
      port2.postMessage(0);
    });
  });
  const note = e => watch.events.push(e.timeStamp);
  const count = () => { watch.values += 1; };                               // a coarse slider takes few values
  let roots = [];
  const measure = () => {
    if (!roots.length) return;
    watch.heights.push(roots.reduce((sum, root) => sum + root.getBoundingClientRect().height, 0));
    requestAnimationFrame(measure);
  };
  watch.start = selector => {
    watch.clear(); watch.heights = [];
    roots = [...document.querySelectorAll(selector)];
    for (const root of roots) seen.observe(root, {subtree: true, childList: true, attributes: true, characterData: true});
    for (const type of ['keydown', 'pointermove']) document.addEventListener(type, note, true);
    document.addEventListener('input', count, true);
    requestAnimationFrame(measure);
  };
  watch.clear = () => { watch.events = []; watch.paints = []; watch.values = 0; };
  watch.stop = () => {
    roots = []; seen.disconnect();
    for (const type of ['keydown', 'pointermove']) document.removeEventListener(type, note, true);
    document.removeEventListener('input', count, true);
  };
})();
