// A large picture is dragged as a still: its pixels move along, and only the lines and marks that
// come into sight are drawn, without names. All is drawn anew when the hand rests.

const LARGE = 100; // relations from which a full drawing takes longer than a frame
const REST = 140; // milliseconds
let still = null; // {image, x, y, boxes}: pixels, where the view stood then, the frames of lines
let dragged = false;
let resting = null;

function startDrag({ nodes: held }) {
  // A node that is dragged moves against the others: no still holds for that.
  dragged = !held.length;
  hold();
}

function endDrag() {
  dragged = false;
  letGo();
}

function hold() {
  if (!dragged || choice.shown.size < LARGE) return;
  const seen = network.canvas.frame.canvas;
  const { x, y } = network.body.view.translation;
  still = { image: el("canvas", { width: seen.width, height: seen.height }), x, y, boxes: lineBoxes() };
  still.image.getContext("2d").drawImage(seen, 0, 0);
  leaveOut(true);
}

function letGo() {
  clearTimeout(resting);
  if (!still) return;
  still = null;
  leaveOut(false);
  network.redraw();
}

// vis-network can leave lines and marks out while it is dragged, and then draws only what we do.
function leaveOut(on) {
  Object.assign(network.renderer.options, { hideEdgesOnDrag: on, hideNodesOnDrag: on });
}

// [line, its frame]: a curve stays within its ends and the point that it bends to.
function lineBoxes() {
  return Object.values(network.body.edges).map((edge) => {
    const points = [edge.from, edge.to, edge.edgeType.getViaNode() ?? edge.from];
    // A line from a node to itself is a circle beside it.
    const room = edge.from === edge.to ? 60 : edge.options.width + 6;
    const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
    return [edge, [Math.min(...xs) - room, Math.min(...ys) - room, Math.max(...xs) + room, Math.max(...ys) + room]];
  });
}

// Called before each drawing of vis-network.
function drawStill(ctx) {
  if (!still) return;
  const { scale, translation } = network.body.view;
  const { width, height } = ctx.canvas;
  const ratio = width / $("graph").clientWidth;
  // Whole pixels of the screen: between them the picture would blur a little more each time.
  const dx = Math.round((translation.x - still.x) * ratio);
  const dy = Math.round((translation.y - still.y) * ratio);
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.drawImage(still.image, dx, dy);
  if (dx || dy) {
    still.x += dx / ratio;
    still.y += dy / ratio;
    const bare = [dx > 0 ? [0, 0, dx, height] : [width + dx, 0, width, height], dy > 0 ? [0, 0, width, dy] : [0, height + dy, width, height]];
    const toCanvas = (pixel, moved) => (pixel / ratio - moved) / scale;
    ctx.beginPath();
    for (const [left, top, right, bottom] of bare) ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    ctx.setTransform(ratio * scale, 0, 0, ratio * scale, ratio * still.x, ratio * still.y);
    drawWithin(ctx, bare.map((r) => [toCanvas(r[0], still.x), toCanvas(r[1], still.y), toCanvas(r[2], still.x), toCanvas(r[3], still.y)]));
    const keep = still.image.getContext("2d");
    keep.globalCompositeOperation = "copy";
    keep.drawImage(ctx.canvas, 0, 0);
  }
  ctx.restore();
  clearTimeout(resting);
  resting = setTimeout(() => { letGo(); hold(); }, REST);
}

function drawWithin(ctx, rects) {
  const inside = (box) => rects.some((rect) => touch(rect, box));
  const lines = still.boxes.filter(([, box]) => inside(box)).map(([edge]) => edge);
  for (const edge of lines) edge.draw(ctx);
  for (const node of Object.values(network.body.nodes)) {
    const { left, top, right, bottom } = node.shape.boundingBox;
    if (inside([left, top, right, bottom])) node.draw(ctx);
  }
  for (const edge of lines) edge.drawArrows(ctx);
}
