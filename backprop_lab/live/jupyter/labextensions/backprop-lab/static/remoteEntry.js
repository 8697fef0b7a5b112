// In a notebook that was saved and opened again, a picture whose kernel is gone shows its last still, and how it comes alive.
// JupyterLab's own answer is "Error displaying widget: model not found", although the same output holds the still as HTML.
// Written by hand as the module that JupyterLab loads, so that nothing has to be built.
(() => {
const WIDGET = 'application/vnd.jupyter.widget-view+json', STILL = 'text/html';
const LINE = 'This is how the picture was saved. Run all cells to make it live.';
let shared; // what JupyterLab shares: name -> version -> module

async function fallBack(renderer, model, rendermime) {
  if (renderer.widgets.length || !renderer.node.textContent.startsWith('Error displaying widget')) return;
  const still = rendermime.createRenderer(STILL), line = document.createElement('p');
  await still.renderModel(model);
  line.textContent = LINE;
  line.className = 'bl-saved-line';
  renderer.node.replaceChildren(line);
  renderer.addWidget(still);
}

function watch(rendermime) {
  const create = rendermime.createRenderer.bind(rendermime);
  rendermime.createRenderer = (kind, ...rest) => {
    const renderer = create(kind, ...rest);
    if (kind !== WIDGET) return renderer;
    const render = renderer.renderModel.bind(renderer);
    renderer.renderModel = async model => {
      await render(model);
      if (model.data[STILL]) await fallBack(renderer, model, rendermime);
    };
    return renderer;
  };
}

const plugin = INotebookTracker => ({
  id: 'backprop-lab:stills',
  autoStart: true,
  requires: [INotebookTracker],
  activate: (_, tracker) => {
    tracker.forEach(panel => watch(panel.content.rendermime));
    tracker.widgetAdded.connect((_, panel) => watch(panel.content.rendermime));
  },
});

(window._JUPYTERLAB ??= {})['backprop-lab'] = {
  init: scope => { shared = scope; },
  get: async () => {
    const [notebook] = Object.values(shared['@jupyterlab/notebook']);
    const {INotebookTracker} = (await notebook.get())();
    return () => ({__esModule: true, default: plugin(INotebookTracker)});
  },
};
})();
