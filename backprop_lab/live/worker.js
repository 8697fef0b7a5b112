// Python in a worker of the page: it starts, runs cells, and hands events on. What it tells is JSON text.
let python, cells, last = Promise.resolve();

const tell = message => postMessage(JSON.stringify(message));

async function start({runtime, archive, packages}) {
  const code = fetch(archive).then(answer => {
    if (!answer.ok) throw new Error(`${archive}: ${answer.status}`);
    return answer.arrayBuffer();
  });
  const {loadPyodide} = await import(`${runtime}pyodide.mjs`);
  python = await loadPyodide({indexURL: runtime, packages});
  python.unpackArchive(await code, 'zip');
  const {Cells} = python.pyimport('backprop_lab.live.cells');
  cells = Cells(text => { postMessage(text); }, python.globals);
  tell({kind: 'ready'});
}

async function run({cell, source, packages}) { // packages: what only some cells want, such as Matplotlib
  if (packages.length) await python.loadPackage(packages, {messageCallback() {}});
  if (packages.includes('tqdm')) python.runPython('import tqdm; tqdm.tqdm.monitor_interval = 0'); // it would start a thread
  cells.run(cell, source);
}

const DO = {start, run, answer: ({picture, events}) => cells.answer(picture, events), again: ({picture, events}) => cells.again(picture, events)};

onmessage = ({data}) => { // one after the other, in their order
  last = last.then(() => DO[data.kind](data)).catch(error => tell({kind: 'broken', text: String(error)}));
};
