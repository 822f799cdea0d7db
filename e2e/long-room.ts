import { randomUUID } from "node:crypto";
import sharp from "sharp";
import type { AttachmentFacts } from "~/server/attachments/access";
import { note, tone, upload } from "./attach";
import { openDatabase } from "./database";
import type { Person } from "./person";

/** What people write, of every kind that a timeline draws. */
const bodies = [
  "Dale",
  "¿A qué hora salimos mañana? Yo puedo desde las siete",
  "😀",
  "Una línea\ny otra\ny una tercera, que es la última",
  `${"El camino de ripio sube despacio entre los álamos y después baja de golpe hasta el río. ".repeat(9)}`,
  "**Importante:** traer _abrigo_, `linterna` y [el mapa](https://example.org/mapa)",
  "La lista:\n- pan\n- queso\n- aceitunas\n  - verdes\n  - negras\n\n1. salir\n2. llegar",
  "```ts\nexport const total = (gastos: number[]) =>\n  gastos.reduce((suma, gasto) => suma + gasto, 0);\n```",
  "> Encontré una cabaña\n> con vista al cerro\n\n¡Qué linda!",
  "👍🎉",
  "https://example.org/una/direccion/que/no/termina/nunca?con=parametros&y=mas",
  "Sí",
  `${"palabra-larguísima".repeat(12)}`,
  "| día | km |\n| --- | --- |\n| uno | 320 |\n| dos | 410 |",
  "Perfecto, nos vemos ahí entonces; si se hace tarde, avisen y vamos pasando a buscar a los que falten.",
];

/** Rows of a statement. */
const atOnce = 2_000;

/** Width and height of its pictures: wide, tall, tiny, square, huge. */
const shapes = [
  [1200, 800],
  [300, 1400],
  [2000, 260],
  [48, 48],
  [640, 640],
  [2400, 1800],
] as const;

const painted = async ([width, height]: readonly [number, number], index: number) => ({
  name: `foto-${index}.png`,
  type: "image/png",
  bytes: await sharp({ create: { width, height, channels: 3, background: `hsl(${index * 55}, 45%, 60%)` } })
    .png()
    .toBuffer(),
});

/** Sends a message with three pictures, and one with each of the other files. */
const shareFiles = async (person: Person, roomId: string): Promise<void> => {
  const pictures = await Promise.all(shapes.map(painted));
  const [first = "", second = "", third = "", ...rest] = await upload(person, roomId, [
    ...pictures,
    note,
    tone,
  ]);
  for (const attachmentIds of [[first, second, third], ...rest.map((id) => [id])]) {
    await person.api.messages.send.mutate({ roomId, clientId: randomUUID(), body: "", attachmentIds });
  }
};

/**
 * Fills the room of two with messages of every kind, up to that many: the first ones are sent, and the rest are written into
 * the database, with the files of the first. All of them are read.
 */
export const fillRoom = async (
  [ana, bruno]: [Person, Person],
  roomId: string,
  count: number,
): Promise<void> => {
  await shareFiles(ana, roomId);
  await using database = await openDatabase();
  const { db } = database;
  const shared = await db.message.findMany({ where: { roomId }, orderBy: { seq: "asc" } });
  const files = shared.map(({ attachments }) => attachments as unknown as AttachmentFacts[]);
  const people = await Promise.all([ana, bruno].map(({ api }) => api.auth.me.query()));
  const began = Date.now() - count * 60_000;
  const rows = Array.from({ length: count - shared.length }, (_, n) => {
    const seq = shared.length + 1 + n;
    const author = people[Math.floor(seq / 3) % 2]?.id ?? "";
    const other = people[Math.floor(seq / 3 + 1) % 2]?.id ?? "";
    const withFiles = seq % 5 === 0;
    return {
      id: randomUUID(),
      roomId,
      seq,
      rev: seq,
      authorId: author,
      clientId: randomUUID(),
      body: withFiles && seq % 2 ? "" : `${bodies[(seq * 7) % bodies.length]}`,
      replyToSeq: seq % 6 === 0 ? seq - 1 - (seq % 40) : null,
      reactions: seq % 4 === 0 ? { "🎉": [author, other], "👍": [other] } : {},
      attachments: withFiles ? (files[(seq / 5) % files.length] as unknown as object[]) : [],
      createdAt: new Date(began + seq * 60_000),
    };
  });
  for (let from = 0; from < rows.length; from += atOnce) {
    await db.message.createMany({ data: rows.slice(from, from + atOnce) });
  }
  await db.room.update({ where: { id: roomId }, data: { lastSeq: count, lastRev: count } });
  await db.membership.updateMany({
    where: { roomId },
    data: { lastReadSeq: count, lastDeliveredSeq: count },
  });
};
