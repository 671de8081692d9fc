/*
 * Draws color.png and outline.png: `node manifests/teams/draw-icons.mjs`. A speech bubble with a dot in
 * it, by distance to the shapes, so that nothing but Node is needed.
 */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';

const TEAL = [31, 85, 94];
const WHITE = [255, 255, 255];

/** Distances in a square of side 1; negative is inside. */
const circle = (x, y, cx, cy, r) => Math.hypot(x - cx, y - cy) - r;
const box = (x, y, cx, cy, w, h, r) => {
  const [dx, dy] = [Math.abs(x - cx) - w + r, Math.abs(y - cy) - h + r];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
};
const tail = (x, y) => Math.max(0.3 - x, 0.5 - y, (x + y - 1.12) * 0.7);
const bubble = (x, y) => Math.min(box(x, y, 0.5, 0.44, 0.32, 0.24, 0.12), tail(x, y));
const dot = (x, y) => circle(x, y, 0.5, 0.44, 0.085);

function colour(size) {
  return paint(size, (x, y, soft) => {
    const inside = soft(bubble(x, y)) * (1 - soft(dot(x, y)));
    return [...TEAL.map((part, at) => part + (WHITE[at] - part) * inside), 255];
  });
}

function outline(size) {
  return paint(size, (x, y, soft) => {
    const line = soft(Math.abs(bubble(x, y)) - 0.035);
    return [...WHITE, 255 * Math.max(line, soft(dot(x, y)))];
  });
}

function paint(size, pixel) {
  const soft = (distance) => Math.min(1, Math.max(0, 0.5 - distance * size));
  const rows = Array.from({ length: size }, (_, row) => {
    const points = Array.from({ length: size }, (__, column) =>
      pixel((column + 0.5) / size, (row + 0.5) / size, soft),
    );
    return [0, ...points.flat().map(Math.round)];
  });
  return png(size, Buffer.from(rows.flat()));
}

function png(size, raw) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ];
  return Buffer.concat([signature, ...parts]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

writeFileSync(new URL('color.png', import.meta.url), colour(192));
writeFileSync(new URL('outline.png', import.meta.url), outline(32));
