/**
 * @file A page with React Flow as published and nothing else: the chain of a document as its default nodes and edges, in the same places and
 * with the same gestures as in the editor. What any editor on React Flow would have to pay.
 */
import { createElement, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Background, ReactFlow } from 'reactflow';

const VIEW = { x: 80, y: 80, zoom: 0.8 };
/** With its ports given a node need not be drawn to be known: else React Flow draws all of them once. */
const FORM = {
  width: 176,
  height: 56,
  sourcePosition: 'right',
  targetPosition: 'left',
  handles: [
    { type: 'target', position: 'left', x: -3, y: 25, width: 6, height: 6 },
    { type: 'source', position: 'right', x: 173, y: 25, width: 6, height: 6 },
  ],
};
/** @type {(graph: { nodes: object[], edges: object[] }) => void} */
let show = () => undefined;

function Page() {
  const [graph, setGraph] = useState({ nodes: [], edges: [] });
  const [nodes, setNodes] = useState([]);
  useEffect(() => {
    show = (next) => {
      setGraph(next);
      setNodes(next.nodes);
    };
  }, []);
  return createElement(
    ReactFlow,
    {
      nodes,
      edges: graph.edges,
      onNodesChange: (changes) => setNodes((before) => moved(before, changes)),
      defaultViewport: VIEW,
      onlyRenderVisibleElements: true,
      panOnDrag: [1, 2],
      minZoom: 0.01,
      maxZoom: 4,
    },
    createElement(Background),
  );
}

/** Only places change here. */
function moved(nodes, changes) {
  const places = new Map(
    changes.flatMap((change) => (change.type === 'position' && change.position ? [[change.id, change.position]] : [])),
  );
  return places.size === 0 ? nodes : nodes.map((node) => (places.has(node.id) ? { ...node, position: places.get(node.id) } : node));
}

createRoot(document.body.appendChild(document.createElement('main'))).render(createElement(Page));

/** @param {File} file a document with one class */
export async function open(file) {
  const { classes } = JSON.parse(await file.text());
  const { nodes, wires, layout, members } = classes.root;
  const names = new Map(members.map(({ id, name, type }) => [id, `${name} ${type}`]));
  show({
    nodes: Object.values(nodes).map((node) => ({
      id: node.id,
      position: layout[node.id],
      ...FORM,
      data: { label: names.get(node.member) ?? node.name },
    })),
    edges: Object.values(wires).map(({ id, from, to }) => ({ id, source: from.node, target: to.node, label: '(batch, 8)' })),
  });
}
